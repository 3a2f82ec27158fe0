#!/usr/bin/env bash
# Records docs/guides/first-incident.md: a real session in tmux, from the declaration to the final report, as text.
# usage: npm run build; scripts/record.sh     (needs tmux and curl)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
out=$root/docs/guides/first-incident.md
export LC_ALL=C.UTF-8
session() { tmux -S "$work/tmux" "$@"; }
trap 'session kill-server 2>/dev/null || true; rm -rf "$work"' EXIT

mkdir "$work/incidents"
cat >"$work/incidents/site.yaml" <<'YAML'
name: Tidewater Parcels
url: https://status.tidewater.example
timezone: Europe/Copenhagen
components:
  - { id: api, name: API }
  - { id: labels, name: Label printing }
reports: { preliminary_within: 72h, final_within: 14d }
YAML

# What `npm run candor --` runs, without npm's own lines; `write` stands for an editor.
mkdir "$work/bin"
cat >"$work/bin/candor" <<SH
#!/bin/sh
cd "$work"
CANDOR_CONTENT=incidents CANDOR_DATA=data exec "$root/node_modules/.bin/node" --disable-warning=ExperimentalWarning "$root/bin/candor.ts" "\$@"
SH
cat >"$work/bin/write" <<SH
#!/bin/sh
cd "$work"
for file in incidents/*/*.md; do sed -i -e '/^---\$/,/^---\$/!d' "\$file"; cat >>"\$file"; done
SH
chmod +x "$work/bin/candor" "$work/bin/write"

session new-session -d -s record -x 110 -y 400 -c "$work" "env -i PATH=$work/bin:/usr/bin:/bin TERM=xterm-256color LC_ALL=C.UTF-8 PS1='\$ ' bash --norc --noprofile"
type() { # types a line and waits until the prompt is back
  session send-keys -t record -l -- "$1"
  session send-keys -t record Enter
  for _ in $(seq 300); do
    sleep 0.2
    [ "$(session capture-pane -p -t record | grep -v '^$' | tail -n 1)" = '$' ] && return
  done
  echo "no prompt after: $1" >&2
  exit 1
}
quiet() { # does a thing that is no command of Candor's
  ( cd "$work" && eval "$1" )
}

type 'candor new "Labels print slowly" --component labels=partial_outage -m "We are looking into it."'
type 'candor publish --yes'
quiet 'for name in ada ben eve; do bin/candor subscribers add "$name@example.org"; done' >/dev/null
type 'candor update slowly --status identified -m "A queue of print jobs is full. We are emptying it."'
type 'candor publish --yes'
type 'candor update slowly --status monitoring -m "The queue is empty. New labels print at once."'
type 'candor resolve slowly -m "Labels print as fast as ever."'
type 'candor publish --yes'
type 'candor report slowly'
quiet 'printf "%s\n" "" "## Summary of impact" "" "Labels took up to ten minutes to print." "" "## Preliminary root cause" "" "We think that a queue was full." "" "## Next steps" "" "- Watch the length of the queue." | bin/write'
type 'candor publish --yes'
type 'candor report slowly --final'
quiet 'printf "%s\n" "" "## Summary of impact" "" "Labels took up to twelve minutes to print." "" "## Root cause" "" "A queue was full, because one printer had stopped taking jobs." "" "## Next steps" "" "- Watch the length of the queue." "- Take a printer out of the queue when it stops." | bin/write'
type 'candor preview slowly'
type 'candor publish --yes'
session capture-pane -p -J -S - -t record >"$work/screen"

sed -e "s#$work/##g" -e 's/[[:space:]]*$//' "$work/screen" | sed -e '/^\$$/d' -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$work/text"
if grep -nE "$(id -un)@|$(hostname)|/tmp/|/home/|$root" "$work/text"; then
  echo "the recording names this machine" >&2
  exit 1
fi
{
  cat <<'MD'
# A first incident, from the declaration to the final report

A session in a terminal as it was recorded by `scripts/record.sh`; `candor` stands for `npm run candor --`. Between the commands the report
was written in an editor, twice: first what was thought to be the cause, a week later what it was. Three people have subscribed by e-mail.

```console
MD
  cat "$work/text"
  cat <<'MD'
```

Readers see the last of it on the incident's page, folded away under “What changed since the preliminary report”.
MD
} >"$out"
echo "$(grep -c '^\$ candor' "$work/text") commands recorded in ${out#"$root"/}"
