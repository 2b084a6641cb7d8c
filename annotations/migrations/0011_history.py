"""The history: who changed what from what to what, written by triggers, and its chain.

These triggers are not pgtrigger's, which anybody can switch off by `pgtrigger.ignore`.
A later table is recorded by one line in its migration: SELECT history_track('table', …).
"""

from django.db import migrations, models

# What a trigger knows of the change, who made it and where, as one row. The context is
# pghistory's; without it a command is known by its connection's name, which manage.py sets,
# and SQL by the role. Arguments: the column that leads to the claim, the table by which it
# does, columns whose values are kept out (people's names), columns kept as digests, columns
# not recorded at all.
RECORD = """
CREATE FUNCTION history_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    old_row jsonb;
    new_row jsonb;
    told jsonb;
    of_claim bigint;
    context jsonb := NULLIF(current_setting('pghistory.context_metadata', true), '');
    program text := current_setting('application_name');
    came_by text;
    came_from text;
    one text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        old_row := to_jsonb(OLD) - TG_ARGV[4]::text[];
    END IF;
    IF TG_OP <> 'DELETE' THEN
        new_row := to_jsonb(NEW) - TG_ARGV[4]::text[];
    END IF;
    IF TG_ARGV[3] <> '{}' THEN
        FOREACH one IN ARRAY TG_ARGV[3]::text[] LOOP
            old_row := history_digest(old_row, one);
            new_row := history_digest(new_row, one);
        END LOOP;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(
            key,
            CASE WHEN key = ANY (TG_ARGV[2]::text[]) THEN '[]'
            ELSE jsonb_build_array(old_row -> key, value) END
        ) INTO told FROM jsonb_each(new_row) WHERE old_row -> key IS DISTINCT FROM value;
        IF told IS NULL THEN
            RETURN NULL;
        END IF;
    ELSE
        told := jsonb_strip_nulls(COALESCE(new_row, old_row) - TG_ARGV[2]::text[]);
    END IF;
    IF TG_ARGV[0] <> '' THEN
        of_claim := COALESCE(new_row, old_row) ->> TG_ARGV[0];
        IF TG_ARGV[1] <> '' THEN
            EXECUTE format('SELECT claim_id FROM %I WHERE id = $1', TG_ARGV[1])
                INTO of_claim USING of_claim;
        END IF;
    END IF;
    IF context ? 'command' THEN
        came_by := 'command';
        came_from := context ->> 'command';
    ELSIF context ? 'place' THEN
        came_from := context ->> 'place';
        came_by := CASE WHEN came_from LIKE 'admin:%' THEN 'admin' ELSE 'page' END;
    ELSIF program LIKE 'manage.py %' THEN
        came_by := 'command';
        came_from := substr(program, 11);
    ELSE
        came_by := 'sql';
        came_from := session_user;
    END IF;
    INSERT INTO annotations_historyentry (
        at, table_name, row_id, claim_id, operation, by_id, origin, place, transaction, changes
    ) VALUES (
        statement_timestamp(),
        TG_TABLE_NAME,
        (COALESCE(new_row, old_row) -> 'id')::bigint,
        of_claim,
        lower(TG_OP),
        (context ->> 'user')::bigint,
        came_by,
        translate(left(came_from, 100), E'\n\r', '  '),
        pg_current_xact_id()::text::bigint,
        told::text
    );
    RETURN NULL;
END
$$
"""

# A long text is told by its digest: whether it changed can be seen, and by what compared.
DIGEST = """
CREATE FUNCTION history_digest(kept jsonb, field text) RETURNS jsonb LANGUAGE sql AS $$
    SELECT CASE WHEN kept ->> field IS NULL THEN kept ELSE jsonb_set(
        kept,
        ARRAY[field],
        to_jsonb('sha256:' || encode(sha256(convert_to(kept ->> field, 'UTF8')), 'hex'))
    ) END
$$
"""

# Runs when the transaction commits, so that the lock on the head comes after those that
# deeds take, is held no longer than the commit, and nobody waits for it while thinking: with
# a lock at the first write, whoever then wanted a claim that another had locked would make a
# circle. Only the checks of foreign keys may follow, and they wait for nobody but who deletes.
# What is hashed is made of the stored letters and whole numbers only, so that any program can
# do it again, whatever version, language or time zone the server has: `annotations/chain.py`
# does.
LINK = """
CREATE FUNCTION history_link() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written bytea := convert_to(concat(
        NEW.id, E'\n',
        (extract(epoch FROM NEW.at) * 1000000)::bigint, E'\n',
        NEW.table_name, E'\n',
        NEW.row_id, E'\n',
        NEW.claim_id, E'\n',
        NEW.operation, E'\n',
        NEW.by_id, E'\n',
        NEW.origin, E'\n',
        NEW.place, E'\n',
        NEW.transaction, E'\n',
        NEW.changes
    ), 'UTF8');
    place bigint;
    whole bytea;
    own bytea;
BEGIN
    UPDATE annotations_historyhead AS head
        SET number = head.number + 1, hash = sha256(head.hash || written)
        WHERE scope = 0 RETURNING head.number, head.hash INTO place, whole;
    IF NOT FOUND THEN
        INSERT INTO annotations_historyhead AS head (scope, number, hash)
        VALUES (0, 1, sha256(written))
        ON CONFLICT (scope) DO UPDATE
            SET number = head.number + 1, hash = sha256(head.hash || written)
        RETURNING head.number, head.hash INTO place, whole;
    END IF;
    IF NEW.claim_id IS NOT NULL THEN
        UPDATE annotations_historyhead AS head
            SET number = head.number + 1, hash = sha256(head.hash || written)
            WHERE scope = NEW.claim_id RETURNING head.hash INTO own;
        IF NOT FOUND THEN
            INSERT INTO annotations_historyhead (scope, number, hash)
            VALUES (NEW.claim_id, 1, sha256(written)) RETURNING hash INTO own;
        END IF;
    END IF;
    INSERT INTO annotations_historylink (number, entry_id, hash, claim_hash)
    VALUES (place, NEW.id, whole, own);
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER history_is_chained AFTER INSERT ON annotations_historyentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION history_link()
"""

# Only the triggers above write here: a statement of anybody's own stands at depth 0.
REFUSE = """
CREATE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history_stays: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'check_violation',
        HINT = 'The history is written by the database and by nobody else.';
END
$$;
CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE OR TRUNCATE
    ON annotations_historyentry FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
CREATE TRIGGER history_is_written_by_triggers BEFORE INSERT
    ON annotations_historyentry FOR EACH STATEMENT
    WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION history_refuse();
CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE OR TRUNCATE
    ON annotations_historylink FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
CREATE TRIGGER history_is_written_by_triggers BEFORE INSERT
    ON annotations_historylink FOR EACH STATEMENT
    WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION history_refuse();
CREATE TRIGGER history_stays BEFORE DELETE OR TRUNCATE
    ON annotations_historyhead FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
CREATE TRIGGER history_is_written_by_triggers BEFORE INSERT OR UPDATE
    ON annotations_historyhead FOR EACH STATEMENT
    WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION history_refuse()
"""

# A table is emptied without a word to its rows' triggers, so one that is recorded is not.
TRACK = """
CREATE FUNCTION history_track(
    tracked regclass,
    claim text DEFAULT '',
    via text DEFAULT '',
    private text[] DEFAULT '{}',
    digested text[] DEFAULT '{}',
    skipped text[] DEFAULT '{}',
    only_when text DEFAULT 'true'
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER history_is_kept AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW '
        'WHEN (%s) EXECUTE FUNCTION history_record(%L, %L, %L, %L, %L)',
        tracked, only_when, claim, via, private, digested, skipped
    );
    EXECUTE format(
        'CREATE TRIGGER history_has_no_gap BEFORE TRUNCATE ON %s FOR EACH STATEMENT '
        'EXECUTE FUNCTION history_refuse()',
        tracked
    );
END
$$
"""

# Who highlights a claim is its first author; the claim's own entry says so already.
TRACKED = """
SELECT history_track('annotations_claim', 'id', skipped => '{search}');
SELECT history_track('annotations_authorship', 'claim_id', only_when => 'pg_trigger_depth() = 0');
SELECT history_track('annotations_appearance', 'claim_id');
SELECT history_track('annotations_carriage', 'appearance_id', 'annotations_appearance');
SELECT history_track('annotations_suggestion', 'claim_id');
SELECT history_track('annotations_evidence', 'claim_id');
SELECT history_track('annotations_verdict', 'claim_id');
SELECT history_track('annotations_decision', 'claim_id');
SELECT history_track('annotations_transition', 'claim_id');
SELECT history_track('annotations_factcheck', 'claim_id', skipped => '{search}');
SELECT history_track(
    'annotations_revision', 'factcheck_id', 'annotations_factcheck', digested => '{content}'
);
SELECT history_track('annotations_claimant');
SELECT history_track('annotations_source');
SELECT history_track('annotations_article', skipped => '{search}');
SELECT history_track('annotations_edition', digested => '{text,blocks}', skipped => '{search}');
SELECT history_track('annotations_articleaddress');
SELECT history_track('annotations_intake', digested => '{blocks}');
SELECT history_track(
    'annotations_feed',
    skipped => '{etag,last_modified,checked_at,next_check_at,failures,problem,problem_status}'
);
SELECT history_track('annotations_detectorweights', digested => '{content}');
SELECT history_track('annotations_rating');
SELECT history_track('annotations_ratingscale');
SELECT history_track('annotations_newsroom');
SELECT history_track(
    'annotations_user',
    private => '{username,first_name,last_name,email}',
    skipped => '{password,last_login}'
);
SELECT history_track('annotations_user_groups');
SELECT history_track('annotations_user_user_permissions');
SELECT history_track('auth_group');
SELECT history_track('auth_group_permissions')
"""

UNTRACKED = """
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT DISTINCT tgname, tgrelid::regclass AS tracked FROM pg_trigger
        WHERE tgname IN ('history_is_kept', 'history_has_no_gap')
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', one.tgname, one.tracked);
    END LOOP;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0010_carrying_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoryHead",
            fields=[
                ("scope", models.BigIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HistoryLink",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry", models.BigIntegerField(db_column="entry_id")),
                ("hash", models.BinaryField()),
                ("claim_hash", models.BinaryField(null=True)),
            ],
            options={
                "ordering": ["number"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HistoryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "table",
                    models.CharField(
                        db_column="table_name", max_length=63, verbose_name="table"
                    ),
                ),
                ("row", models.BigIntegerField(db_column="row_id", verbose_name="row")),
                (
                    "claim",
                    models.BigIntegerField(
                        db_column="claim_id", null=True, verbose_name="claim"
                    ),
                ),
                (
                    "operation",
                    models.CharField(
                        choices=[
                            ("insert", "made"),
                            ("update", "changed"),
                            ("delete", "removed"),
                            ("found", "found"),
                        ],
                        max_length=10,
                        verbose_name="operation",
                    ),
                ),
                (
                    "by",
                    models.BigIntegerField(
                        db_column="by_id", null=True, verbose_name="by"
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("page", "page"),
                            ("admin", "administration"),
                            ("command", "command"),
                            ("sql", "database"),
                        ],
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        help_text="A page's name, a command's, or the database role.",
                        max_length=100,
                        verbose_name="where",
                    ),
                ),
                ("transaction", models.BigIntegerField(verbose_name="transaction")),
                ("changes", models.TextField(verbose_name="changes")),
            ],
            options={
                "verbose_name": "history entry",
                "verbose_name_plural": "history",
                "ordering": ["pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("claim__isnull", False)),
                        fields=["claim", "id"],
                        name="history_of_a_claim",
                    ),
                    models.Index(
                        condition=models.Q(("claim", None)),
                        fields=["row", "table"],
                        name="history_of_a_row",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("operation__in", ["insert", "update", "delete", "found"])
                        ),
                        name="history_operation_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__in", ["page", "admin", "command", "sql"])
                        ),
                        name="history_origin_is_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(DIGEST, "DROP FUNCTION history_digest"),
        migrations.RunSQL(RECORD, "DROP FUNCTION history_record"),
        migrations.RunSQL(LINK, "DROP FUNCTION history_link CASCADE"),
        migrations.RunSQL(REFUSE, "DROP FUNCTION history_refuse CASCADE"),
        migrations.RunSQL(TRACK, "DROP FUNCTION history_track"),
        migrations.RunSQL(TRACKED, UNTRACKED),
    ]
