"""The English text of each refusal, by code. A code never changes and is never reused."""

TEXTS = {
    # what does not exist, or is not visible
    "no-invoice": "There is no invoice {invoice}.",
    "no-debtor": "There is no debtor {debtor}.",
    "no-dispute": "There is no dispute {case}.",
    "no-message": "There is no message {message}.",
    "no-mail": "There is no mail {mail}.",
    "no-document": (
        "There is no document {document}: attach it to the invoice first, or name one of its file."
    ),
    "no-invoice-document": "There is no such document in the file of invoice {invoice}.",
    "no-file-set": "The file set of hand-off {handoff} was not created here.",
    "no-hand-off": "There is no hand-off {handoff}.",
    "no-mail-document": "Mail {mail} has no such document.",
    "no-bank-transaction": "There is no bank transaction {transaction}.",
    "no-person": "There is no person {name}.",
    "no-key": "There is no key {name} in use.",
    "no-agenda-item": "There is no item {item} on the agenda.",
    "no-job": "There is no job {job}.",
    "no-playbook-version": "There is no version {version} of the playbook.",
    "no-invoice-yet": "The invoice did not exist yet.",
    "no-agenda-item-of-book": "There is no item {item} on the agenda of {book}.",
    "no-debtor-payment": "Debtor {debtor} has no payment {reference}.",
    "no-debtor-hold": "There is no such hold on debtor {debtor}.",
    "no-dispute-in-status": "There is no {status} dispute on invoice {invoice}.",
    "no-dispute-on-invoice": "There is no dispute {case} on invoice {invoice}.",
    "no-hold": "There is no such hold on invoice {invoice}.",
    "no-payment": "Invoice {invoice} has no payment {reference}.",
    "no-promise": "There is no promise {promise} on invoice {invoice}.",
    "no-open-promise": "There is no open promise on invoice {invoice}.",
    "not-in-inbox": "Nothing waits in the inbox as {mail}: see `dossier inbox list`.",
    "several-in-inbox": "Several messages of the inbox begin with {mail}: give more of the id.",
    "not-waiting": "No mail named {message} waits to be sent.",
    "nothing-unapproved": "Line {line} of invoice {invoice} needs no approval.",
    "invoice-not-in-dispute": "Dispute {case} is not about invoice {invoice}.",
    # amounts
    "too-many-decimals": "{amount} has more than the {places} decimals of {currency}.",
    "amount-not-readable": "{text} is not an amount; write it as 1210.00.",
    "amount-ambiguous": "{text} can be {first} or {second}: write one of these.",
    "other-currency": "The amount is in {given}, not in {currency}.",
    "nothing-open": "Nothing is open.",
    "above-open": "Only {amount} is open.",
    "above-disputed": "Only {amount} is still disputed.",
    "above-requested": "Only {amount} was requested.",
    "above-charged": "Only {amount} was charged.",
    "above-unallocated": "Only {amount} of {reference} is left.",
    "allocated-since": "Something of {reference} was allocated meanwhile: take that back first.",
    "nothing-proposed": "No open invoice fits this transaction: name the invoices.",
    "several-transactions": "Several transactions begin with {transaction}: give more of the id.",
    "transaction-done": "The transaction is {status} already.",
    "money-out": "The money of this transaction went out: there is nothing to allocate.",
    "not-allocated": "The transaction is not allocated.",
    "returned-already": "That transaction was returned already.",
    "no-return-of-it": "This is not the return of {original}: the amounts must be the same.",
    "allocated-as-other-kind": "{reference} is a {kind}: allocate it as such.",
    "several-currencies": "The invoices are in several currencies: record each by itself.",
    "split-of-other-invoice": "Invoice {invoice} is not one of the invoices.",
    "split-above-amount": (
        "The shares must be above zero and add up to {amount} at most, not {total}."
    ),
    "split-below-amount": "The shares add up to {amount} only.",
    "rest-without-debtor": (
        "{rest} would be left, and the invoices do not have one registered debtor with whom it"
        " can wait: record it by itself."
    ),
    "recorded-otherwise": "{what} {key} is recorded already, with amount {amount}.",
    "imported-otherwise": "{cause} was imported before, with {name} {there}; here it is {here}.",
    "payment-reversed": (
        "Payment {reference} was reversed on {on}; if it was received again, give the date"
        " of receipt or a new reference."
    ),
    # invoices
    "registered-otherwise": (
        "Invoice {invoice} is registered already, with {name} {value}; correct it instead."
    ),
    "cancelled": "Invoice {invoice} is cancelled.",
    "link-quota": "No more documents are received by this link today.",
    "invoice-document-type": "The invoice itself is a PDF or an XML file, and {name} is neither.",
    "replaces-no-invoice": "Only the invoice document that is sent now can be replaced by another.",
    "not-collectable": "Invoice {invoice} is not collectable any more.",
    "other-business-unit": "Your key is for other business units.",
    "number-taken": "The number {number} is taken, outside the business units of your key.",
    "needs-all-units": "This needs a key for all business units.",
    "debtor-of-other-units": (
        "Debtor {debtor} has invoices in other business units too: that needs a key for all units."
    ),
    # how much is contested
    "contested-twice": "Give {way} or {other}, not both.",
    "percent-missing": "Give the percentage.",
    "percent-of-nothing": "{percent} % of {whole} is nothing.",
    "above-invoice-amount": "The amount of the invoice is {amount}.",
    "lines-not-known": "The lines of invoice {invoice} are not known: give amounts.",
    "no-invoice-line": "Invoice {invoice} has no line {line}: {lines}.",
    "line-twice": "Line {line} is given twice.",
    "line-amount-not-known": "The amount of line {line} is not known: give it.",
    "line-charges-nothing": "Line {line} charges nothing.",
    "above-line-quantity": "The quantity of line {line} is {quantity}.",
    "above-line-amount": "The amount of line {line} is {amount}.",
    "amount-of-which-invoice": "Name the invoice of the amount: {invoices}.",
    # disputes
    "case-missing": "Name the case.",
    "several-disputes": "Invoice {invoice} has several disputes: {cases}.",
    "several-debtors": "A case has only one debtor, not {debtors}.",
    "same-dispute-open": (
        "Invoice {invoice} is already disputed for this reason, in the same words: case {case}."
    ),
    "cancelled-not-disputable": "Invoice {invoice} is cancelled; there is nothing to dispute.",
    "dispute-not-open": "Dispute {case} is {status} already.",
    "dispute-resolved": "Dispute {case} is resolved already; reopen it first.",
    "dispute-voided": "Dispute {case} was voided; open a new one.",
    "no-resolver-yet": "Dispute {case} has no resolver yet.",
    "resolver-not-mailable": (
        "Nothing can be sent to {resolver}, which is no mail address: remind them yourself and name"
        " the channel."
    ),
    "no-reminder-due": "No reminder of dispute {case} is due on {on}.",
    "no-escalation-due": "No escalation of dispute {case} is due on {on}.",
    "credit-out-of-range": "The credit must lie between {least} and {most}.",
    "only-with-run": "This needs run; without it, use assign.",
    # what a resolver answers
    "answer-needs-outcome": "Give the outcome.",
    "answer-needs-reason": "Give the reason why it is not solved.",
    "answer-needs-day": "Give the day by which it will be solved.",
    "answer-day-over": "That day has passed.",
    "answer-needs-somebody": "Name the person to ask, or give the reason why it is not yours.",
    # credits and their approvers
    "approver-missing": "Name the approver: the playbook has none.",
    "not-an-approver": (
        "{who} may not approve credits (playbook: approvers). The approvers are: {approvers}."
    ),
    "above-own-limit": (
        "You may not approve {amount}: the limit of {approver} is {limit}"
        " (playbook: approvers/{nth}/up_to). {who} is asked."
    ),
    "above-every-limit": (
        "No one may approve that much: the limit of {approver} is {limit} (playbook:"
        " approvers/{nth}/up_to)."
    ),
    "own-request": "{who} asked for it: another approver decides.",
    "beyond-approval": (
        "This gives {amount} away without approval, and you may decide {limit} on this invoice"
        " (playbook: approvers). Let an approver record it, or request-credit in a dispute."
    ),
    "several-unapproved": "Name the line of what is approved: {lines}.",
    "above-limit": "Your limit is {limit} (playbook: approvers), and this is {amount}.",
    "no-credit-requested": "No credit was requested for dispute {case}.",
    "credit-not-approved": (
        "Only {approved} of this credit of {credit} is approved (playbook: approvers);"
        " request-credit requests approval."
    ),
    "credit-refusal-needs-reason": "Give the reason why it is not approved.",
    "no-approver-reminder-due": "No reminder of the credit of {case} is due on {on}.",
    # follow-up
    "hold-without-days": "A hold from {on} until {until} has no days.",
    "several-holds": "Invoice {invoice} has several holds.",
    "several-debtor-holds": "Debtor {debtor} has several holds.",
    "hold-of-others": "Only {names} may release this hold.",
    "promise-in-the-past": "{day} has passed.",
    "not-a-contact-day": "Follow-up pauses: {why}.",
    "no-step-due": "No step of invoice {invoice} is due on {on}.",
    "another-step-due": "The step due on invoice {invoice} is {step}, for {amount}.",
    "debtor-changed": "Invoice {invoice} belongs to another debtor now.",
    # agenda
    "task-ends-otherwise": "“{action}” cannot be marked as done. {ending}",
    "not-on-agenda-yet": "The task is not on the agenda before {on}.",
    "postponed-to-past": "A task postponed on {on} cannot return on {until}.",
    "postponed-to-no-effect": "The task is not on the agenda before {on} anyway.",
    # messages, out and in
    "message-about-nothing": "Select at least one invoice.",
    "nothing-to-ask": "Of invoice {invoice} nothing is to be asked now.",
    "debtor-not-reachable": "No address of the debtor is known by {channel}.",
    "not-to-be-sent": "It is not to be sent now: {why}",
    "message-requested": "Message {message} was requested already.",
    "message-over": "Message {message} is {status} already.",
    "mail-dismissed": "This mail was dismissed already.",
    "mail-assigned": "This mail is recorded with its invoices already.",
    "mail-about-nothing": "Name the invoices or the debtor.",
    "document-not-sent": "There is no document {document}: upload it first.",
    # hand-offs to an agency
    "nothing-to-hand-off": "Nothing is open on invoice {invoice}.",
    "hand-off-not-ready": (
        "Invoice {invoice} is not ready for an agency: {why}. Settle that first, or override it"
        " with a reason."
    ),
    "with-agency": "Invoice {invoice} is with {agency}; recall it first.",
    "with-no-agency": "Invoice {invoice} is not with an agency.",
    # the creditor
    "iban-invalid": "{iban} is not an IBAN: its form or its check digits are wrong.",
    "no-such-country": "There is no country {country} (ISO 3166-1, such as NL).",
    "email-invalid": "{address} is not an e-mail address.",
    "time-zone-unknown": "{name} is not a time zone: give a name such as Europe/Amsterdam.",
    "accent-invalid": "{colour} is not a colour: give six hexadecimal digits, such as #0a7d3c.",
    "letterhead-too-long": "The head and the foot of letters have at most {most} lines each.",
    "logo-not-decoded": "The file is not written in base64.",
    "logo-too-large": "A logo has at most {most} kB.",
    "logo-not-readable": "The PNG is damaged, or has more than {most} pixels a side.",
    "logo-not-safe": (
        "A logo is a PNG, or an SVG that only draws: no scripts, styles or other files ({what})."
    ),
    "no-template": "There is no such template; there are: {known}.",
    "no-template-language": "Messages are written in: {known}.",
    "template-subject": "The subject is a single line.",
    "template-too-long": "It has at most {most} characters.",
    "template-placeholder": "There is no placeholder {name} (docs: postman, Templates).",
    "template-not-allowed": (
        "Line {line}: {what} cannot be used in your own text (docs: postman, Templates)."
    ),
    "template-not-readable": "It cannot be read: {fault}.",
    # playbook
    "playbook-dated-ahead": "A playbook is in force from the day it is applied.",
    "no-default-ladder": "There is no ladder for {segment!r}, only for {ladders}.",
    "holidays-not-known": "The public holidays of {place} are not known.",
    "approver-never-asked": (
        "List approvers from the lowest limit to the highest: the next approver would never be"
        " asked."
    ),
    "tolerance-above-all": "A tolerance is at most 100 %.",
    "not-an-amount": "{amount} is not an amount of money.",
    "ladder-without-steps": "A ladder has at least one step.",
    "step-needs-one-day": "Give one of before_due, after_due and after_previous.",
    "step-twice": "There are two steps {step!r}.",
    "step-without-channel": "Name at least one channel.",
    "first-step-after-previous": "There is no step before the first.",
    "step-out-of-order": "{later!r} must come later than {earlier!r}.",
    "repeat-before-due": "What is repeated must come after the due date.",
    "phrase-not-readable": "{fault}.",
    "resolver-never-asked": (
        "The resolver after {resolver} would never be asked: only the last resolver may have"
        " no condition."
    ),
    "resolved-before-answered": "It cannot be resolved before it is answered.",
    "no-ladder": "There is no ladder for {segment!r}.",
    "segment-without-condition": "Give at least one condition; all other debtors are in `segment`.",
    "range-turned-round": "The first of the range comes after the last.",
    "collector-for-all": "{collector} gets all: only the last rule may have no condition.",
    "quiet-needs-one-day": "Give one of weekday and first.",
    "quiet-too-long": "A quiet period lasts from first to last, a year at most.",
    "no-contact-day-left": "No day is left for follow-up.",
    "key-name-taken": "A key is named {name} already: rotate or revoke it, or choose another name.",
    "key-just-rotated": "It was rotated, and the secret before works until {until}; give again to"
    " end that at once.",
}
