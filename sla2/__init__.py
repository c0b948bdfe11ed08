"""sla2: SLA 2.0 contracts as text.

contract.sla --source--> Document --contract--> Contract --checks--> findings
exports --logs--> Log
Contract + Log --measure--> Measurements --settle--> Verdicts, Statement --trust--> Trust
Contract --words--> Sentences --draft--> blocks --document--> docx, html, markdown
Verdicts + Sentences --report--> blocks --document--> html, markdown, json
Contract + today --remind--> reminders
"""
