"""The event tables of four records become entries of the one history, and what was there
before it is taken down as found."""

import pgtrigger.migrations
from django.db import migrations

# Each state of a row with the one before it; what differs is an entry. A transaction was not
# kept, so that each stands for itself, as a number no transaction has.
EVENTS = """
SELECT pgh_created_at AS at, '{table}' AS kept_in, pgh_obj_id AS of_row, {claim} AS of_claim,
    CASE WHEN was IS NULL THEN '{begun}' ELSE 'update' END AS done,
    (metadata ->> 'user')::bigint AS came_by,
    CASE WHEN metadata ? 'command' THEN 'command' WHEN metadata ->> 'url' LIKE '/admin/%'
        THEN 'admin' WHEN metadata ? 'url' THEN 'page' ELSE 'sql' END AS origin,
    left(COALESCE(metadata ->> 'command', metadata ->> 'url', session_user), 100) AS place,
    CASE WHEN was IS NULL THEN jsonb_strip_nulls(became) ELSE (
        SELECT jsonb_object_agg(key, jsonb_build_array(was -> key, value))
        FROM jsonb_each(became) WHERE was -> key IS DISTINCT FROM value
    ) END AS changes
FROM (
    SELECT *, lag(became) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS was FROM (
        SELECT event.*, metadata, to_jsonb(event)
            - '{{pgh_id,pgh_created_at,pgh_label,pgh_obj_id,pgh_context_id}}'::text[] AS became
        FROM {table}event event
        LEFT JOIN pghistory_context context ON context.id = pgh_context_id
    ) AS states
) AS pairs
"""
RECORDS = [
    {"table": "annotations_claim", "claim": "pgh_obj_id", "begun": "insert"},
    {"table": "annotations_evidence", "claim": "claim_id", "begun": "insert"},
    {"table": "annotations_factcheck", "claim": "claim_id", "begun": "insert"},
    # Of passages that went over to another text only what people decided was kept.
    {
        "table": "annotations_carriage",
        "claim": "(SELECT claim_id FROM annotations_appearance WHERE id = appearance_id)",
        "begun": "found",
    },
]
TOLD = [EVENTS.format(**record) for record in RECORDS]
CONVERT = f"""
INSERT INTO annotations_historyentry (
    at, table_name, row_id, claim_id, operation, by_id, origin, place, transaction, changes
) SELECT at, kept_in, of_row, of_claim, done, came_by, origin, place,
    -row_number() OVER (ORDER BY at, kept_in, of_row), changes::text
FROM ({" UNION ALL ".join(TOLD)}) AS told WHERE changes IS NOT NULL
ORDER BY at, kept_in, of_row
"""  # noqa: S608

# That a row was removed was no event: what has some and is not there is gone since.
MISSING = """
SELECT * FROM (
    SELECT DISTINCT ON (pgh_obj_id) '{table}' AS kept_in, pgh_obj_id AS of_row,
        {claim} AS of_claim, to_jsonb(event)
            - '{{pgh_id,pgh_created_at,pgh_label,pgh_obj_id,pgh_context_id}}'::text[] AS last
    FROM {table}event event ORDER BY pgh_obj_id, pgh_id DESC
) AS states WHERE NOT EXISTS (SELECT FROM {table} kept WHERE kept.id = of_row)
"""
GONE = f"""
INSERT INTO annotations_historyentry (
    at, table_name, row_id, claim_id, operation, origin, place, transaction, changes
) SELECT now(), kept_in, of_row, of_claim, 'delete', 'command', 'migrate',
    pg_current_xact_id()::text::bigint, jsonb_strip_nulls(last)::text
FROM ({" UNION ALL ".join(MISSING.format(**record) for record in RECORDS)}) AS missing
ORDER BY kept_in, of_row
"""  # noqa: S608

# The rows of every other table as they are now, by the rules of its trigger.
FIND = """
DO $$
DECLARE
    tracked record;
    one text;
    kept text;
BEGIN
    FOR tracked IN SELECT relname AS name, tgrelid::regclass AS place,
            string_to_array(encode(tgargs, 'escape'), '\\000') AS rules
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE tgname = 'history_is_kept' ORDER BY tgrelid
    LOOP
        kept := format('to_jsonb(it) - %L::text[] - %L::text[]',
            tracked.rules[3], tracked.rules[5]);
        FOREACH one IN ARRAY tracked.rules[4]::text[] LOOP
            kept := format('history_digest(%s, %L)', kept, one);
        END LOOP;
        EXECUTE format($sql$
            INSERT INTO annotations_historyentry (at, table_name, row_id, claim_id, operation,
                origin, place, transaction, changes)
            SELECT now(), %L, id, %s, 'found', 'command', 'migrate',
                pg_current_xact_id()::text::bigint, jsonb_strip_nulls(%s)::text
            FROM %s it WHERE NOT EXISTS (
                SELECT FROM annotations_historyentry WHERE table_name = %L AND row_id = it.id
            ) ORDER BY id
            $sql$,
            tracked.name,
            CASE WHEN tracked.rules[1] = '' THEN 'NULL::bigint'
                WHEN tracked.rules[2] = '' THEN 'it.' || quote_ident(tracked.rules[1])
                ELSE format('(SELECT claim_id FROM %I via WHERE via.id = it.%I)',
                    tracked.rules[2], tracked.rules[1]) END,
            kept,
            tracked.place,
            tracked.name
        );
    END LOOP;
END
$$
"""

# Nobody writes the history by themselves, and this does, once.
BEGIN = """
ALTER TABLE annotations_historyentry DISABLE TRIGGER history_is_written_by_triggers;
"""
END = """
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE annotations_historyentry ENABLE TRIGGER history_is_written_by_triggers;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0011_history"),
    ]

    operations = [
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
        migrations.RunSQL(CONVERT, migrations.RunSQL.noop),
        migrations.RunSQL(GONE, migrations.RunSQL.noop),
        migrations.RunSQL(FIND, migrations.RunSQL.noop),
        migrations.RunSQL(END, migrations.RunSQL.noop),
        *(
            pgtrigger.migrations.RemoveTrigger(model_name=model, name=name)
            for model in ("claim", "evidence", "factcheck")
            for name in ("insert_insert", "update_update")
        ),
        pgtrigger.migrations.RemoveTrigger(model_name="carriage", name="update_update"),
        migrations.DeleteModel(name="ClaimEvent"),
        migrations.DeleteModel(name="EvidenceEvent"),
        migrations.DeleteModel(name="FactCheckEvent"),
        migrations.DeleteModel(name="CarriageEvent"),
    ]
