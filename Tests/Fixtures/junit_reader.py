"""Reads a file of JUnit XML as build services do; prints one JSON object for each test case."""

import json
import sys
import xml.etree.ElementTree as ElementTree


def outcome(case):
    for name in ("failure", "error", "skipped"):
        element = case.find(name)
        if element is not None:
            return name, element
    return "passed", None


def check_counts(element, cases):
    outcomes = [outcome(case)[0] for case in cases]
    counted = {"tests": len(cases)}
    for attribute, name in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        counted[attribute] = outcomes.count(name)
    for attribute, count in counted.items():
        if int(element.get(attribute)) != count:
            sys.exit(f"{element.get('name')}: {attribute} is {element.get(attribute)}, but there are {count}")


def milliseconds(element):
    return round(float(element.get("time")) * 1000)


root = ElementTree.parse(sys.argv[1]).getroot()
check_counts(root, root.findall("testsuite/testcase"))
for suite in root.findall("testsuite"):
    cases = suite.findall("testcase")
    check_counts(suite, cases)
    if milliseconds(suite) != sum(map(milliseconds, cases)):
        sys.exit(f"{suite.get('name')}: the time is not the sum of its cases' times")
    for case in cases:
        name, element = outcome(case)
        # Jenkins: the package ends at the last dot of the class, and the message is an attribute.
        package, _, short = case.get("classname").rpartition(".")
        print(json.dumps({
            "suite": suite.get("name"), "package": package, "class": short, "name": case.get("name"),
            "outcome": name, "message": None if element is None else element.get("message"),
            # GitLab: the message is the text.
            "text": None if element is None else element.text,
        }, sort_keys=True))
