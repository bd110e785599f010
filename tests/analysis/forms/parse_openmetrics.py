"""Reads a file of OpenMetrics text with the parser of Prometheus' Python client; prints what it found."""
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

try:
    with open(sys.argv[1], encoding="utf-8", newline="\n") as file:
        families = list(text_string_to_metric_families(file.read()))
except ValueError as error:
    sys.exit(f"fault: {error}")
for family in families:
    print(family.name, family.type)
    for sample in family.samples:
        labels = sample.labels
        which = labels.get("outcome") or labels.get("le") or labels.get("side") or labels.get(family.name) or ""
        print(sample.name, which, int(sample.value) if sample.value == int(sample.value) else sample.value)
print("read")
