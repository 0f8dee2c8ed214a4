"""Writes the headline table of docs/hosts.md."""

from hosts import PROFILES

BEGIN, END = "<!-- begin: made by scripts/hosts-matrix --table -->", "<!-- end -->"


def write(page, hosts, rows_of):
    text = page.read_text()
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n\n{_tables(hosts, rows_of)}\n{END}{after}")


def _tables(hosts, rows_of):
    return "".join(f"### As {who}\n\n{_table(hosts, rows_of, user)}\n" for user, who in (("user", "an ordinary user"), ("root", "root")))


def _table(hosts, rows_of, user):
    columns = PROFILES + ("limits",)
    lines = ["| host | " + " | ".join(f"`{name}`" if name != "limits" else name for name in columns) + " |",
             "|---" * (len(columns) + 1) + "|"]
    for host in hosts:
        cells = {row[1]: _cell(row) for row in rows_of(host) if row[0] == user}
        if cells:
            lines.append(f"| {host.title} | " + " | ".join(cells.get(name, "") for name in columns) + " |")
    return "\n".join(lines) + "\n"


def _cell(row):
    _, _, outcome, short, *_ = row
    falls = [part.split(" ")[:2] for part in short.split("; ") if part]
    if outcome == "runs" and not falls:
        return "full"
    if outcome == "refuses":
        return "refused: " + _names(names for strength, names in falls if strength.endswith("!"))
    if outcome in ("runs", "warns"):
        return "; ".join(f"{strength}: {_names(names for one, names in falls if one == strength)}"
                         for strength in ("partial", "advisory", "none") if any(one == strength for one, _ in falls))
    return outcome.replace("|", "\\|")


# Many guarantees fall for one reason: three names are enough in a headline.
def _names(lists):
    names = [name for names in lists for name in names.split(",")]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
