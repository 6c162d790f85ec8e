"""Mails, mailboxes, and web pages that a browser saved as mails."""
