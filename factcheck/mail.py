"""Mails of development, in the console as a person would read them."""

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend


class ConsoleBackend(EmailBackend):
    def write_message(self, message: EmailMessage) -> None:
        """Subject, addressees and words: as it is sent, links would be broken over lines."""
        self.stream.write(
            f"To: {', '.join(message.to)}\nSubject: {message.subject}\n\n"
            f"{message.body}\n{'-' * 79}\n"
        )
