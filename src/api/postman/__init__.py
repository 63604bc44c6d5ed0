"""The postman: it makes e-mails and letters of requested messages, sends them and records that."""
