"""Expiry notices (有効期限通知書): made, posted, and come back undelivered."""
