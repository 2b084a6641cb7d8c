from io import StringIO

from django.core.mail import EmailMessage

from factcheck.mail import ConsoleBackend


def test_a_mail_of_development_can_be_read_and_its_link_followed():
    link = "https://factcheck.example/accounts/password/reset/key/" + "é=" * 60
    stream = StringIO()

    ConsoleBackend(stream=stream).send_messages(
        [EmailMessage("Votre bureau", f"Choisissez :\n{link}\n", to=["a@example.org"])]
    )

    assert f"\n{link}\n" in stream.getvalue()
    assert "Subject: Votre bureau" in stream.getvalue()
