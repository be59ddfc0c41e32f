"""Reads a page strictly: every tag is closed in its order, nothing is loaded, no program runs. Prints what it holds."""

import base64
import hashlib
import html.parser
import json
import sys

VOID = {"meta", "input", "br"}
TAGS = set(
    "html head title style body main header footer section article h1 h2 h3 p dl dt dd div label b small span code bdi a"
    " table thead tbody tr th td details summary".split())
ATTRIBUTES = set("lang charset http-equiv content name type id class for href scope aria-label checked".split())


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.ids = []
        self.links = []
        self.style = ""
        self.policy = ""
        self.sections = {}
        self.section = None

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        unknown = set(values) - ATTRIBUTES
        if (tag not in TAGS and tag not in VOID) or unknown or len(values) != len(attributes):
            sys.exit(f"not expected: {self.get_starttag_text()}")
        if "id" in values:
            self.ids.append(values["id"])
        if "href" in values:
            self.links.append(values["href"])
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]
        if tag == "section":
            self.section = values.get("class", "").removeprefix("status status-") or "rules"
            self.sections[self.section] = {"text": "", "tones": []}
        if self.section and "mark" in values.get("class", "").split():
            self.sections[self.section]["tones"].append(values["class"].split()[1])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            sys.exit(f"</{tag}> closes nothing")
        if tag == "section":
            self.section = None

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        elif self.section:
            self.sections[self.section]["text"] += data + " "
        elif data.strip() and not self.open:
            sys.exit(f"text outside of the page: {data!r}")

    def handle_comment(self, data):
        sys.exit(f"a comment: {data!r}")


reader = Reader()
reader.feed(open(sys.argv[1], encoding="utf-8", newline="").read())
reader.close()
if reader.open:
    sys.exit(f"not closed: {reader.open}")
if len(set(reader.ids)) != len(reader.ids):
    sys.exit("an id is there twice")
for link in reader.links:
    if link[0] != "#" or link[1:] not in reader.ids:
        sys.exit(f"a link leads out of the page: {link}")
if "url(" in reader.style or "@import" in reader.style:
    sys.exit("the style loads something")
digest = base64.b64encode(hashlib.sha256(reader.style.encode()).digest()).decode()
policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
if reader.policy != policy:
    sys.exit(f"the policy is {reader.policy}, and should be {policy}")
for section in reader.sections.values():
    section["text"] = " ".join(section["text"].split())
print(json.dumps(reader.sections))
