"""An emulator of Meta's WhatsApp Cloud API with patients' phones in the browser.

It imports nothing of the product: a connector tested against its own twin would prove nothing. `python -m
sprechstunde.emulator` serves on http://127.0.0.1:8700 (`EMULATOR_PORT`): the Graph endpoints under `/v23.0/…`, the
phones at `/`, and this control API (JSON):

    GET  /emulator/state                       everything: phones, messages, clock, faults, log
    GET  /emulator/events                      server-sent events: hello message phone typing clock faults log reset
    POST /emulator/phones                      {name, phone?, language?}: one more; without phone known by user id only
    POST /emulator/phones/{id}                 {open?, online?, blocked?}
    POST /emulator/phones/{id}/read            {up_to?: seq}: what is on screen counts as read
    POST /emulator/phones/{id}/send            {kind, …}: what a patient does, see below. Returns the message
    GET  /emulator/phones/{id}/messages        ?after=seq&wait=seconds&count=n&author=business|patient: long poll
    POST /emulator/media                       multipart `file`. Returns {id, …} for `media` below
    GET  /emulator/media/{id}                  ?name=…: the bytes
    GET, POST /emulator/clock                  {advance: seconds} | {to: ISO} | {freeze: ISO} | {reset: true}
    GET, POST, DELETE /emulator/faults         {send: {…}} and/or {webhook: {…}}, see `faults.py`
    POST /emulator/webhooks/retry              try at once what waits for its next try
    POST /emulator/webhooks/url                {url}: call another address from now on
    GET  /emulator/log                         raw webhooks and requests
    POST /emulator/reset                       empty chats, demo phones, real time

`{id}` is a phone's id (`anna`, `james`, `mia`), number or business-scoped user id. `send` takes: `{kind: "text", text,
reply_to?}`, `{kind: "tap", title | option, message?}`, `{kind: "image" | "document" | "audio" | "video" | "sticker",
media?, caption?, reply_to?}` (no `media`: a bundled sample), `{kind: "location", latitude?, longitude?, name?,
address?}`, `{kind: "contacts", contacts?}`, `{kind: "reaction", message, emoji}`, `{kind: "edit", message, text}`,
`{kind: "delete", message}`, `{kind: "unsupported"}`, `{kind: "change_number", phone}`, `{kind: "resend", message}`.

A message has id, seq, author (patient | business), kind, text, options [{id, title, description?, kind}], content
(Meta's own object), status, context, reactions, media, at (Unix seconds of the demo clock).
For tests in Python: `sprechstunde.emulator.testing.start_emulator`.
"""
