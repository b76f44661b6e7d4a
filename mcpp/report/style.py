"""Style sheet of the report."""

CSS = """
:root { --ink: #18222c; --quiet: #5b6875; --line: #dbe1e6; --paper: #ffffff; --ground: #f3f5f7;
  --good: #1b6e3c; --warning: #8a5300; --error: #b3261e; --accent: #0b62a8; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 1440px; margin: 0 auto; padding: 24px; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 18px;
  margin-bottom: 18px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 15px; margin: 0 0 10px; letter-spacing: 0.01em; }
.facts { color: var(--quiet); margin: 0; flex-basis: 100%; }
.facts b { color: var(--ink); font-weight: 600; }
.badge { font-size: 13px; font-weight: 600; padding: 2px 10px; border-radius: 99px; color: #fff; }
.badge.good { background: var(--good); } .badge.error { background: var(--error); }
.badge.warning { background: var(--warning); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 12px;
  margin-bottom: 16px; }
.card, section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
.card { padding: 12px 14px; }
.card .label { color: var(--quiet); font-size: 13px; }
.card .value { font-size: 23px; font-weight: 650; line-height: 1.25; white-space: nowrap; }
.card .under { color: var(--quiet); font-size: 12.5px; }
section { padding: 16px; min-width: 0; }
.columns { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: 16px;
  align-items: start; }
.stack { display: grid; gap: 16px; }
.map { padding: 0; overflow: hidden; position: sticky; top: 16px; }
.map .folium-map { position: relative; width: 100%; height: min(72vh, 720px); min-height: 420px;
  background: #e6ebe4; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 10px 14px; font-size: 13px;
  border-top: 1px solid var(--line); }
.legend span { white-space: nowrap; }
.legend svg { vertical-align: -3px; margin-right: 5px; }
.dot { display: inline-block; width: 10px; height: 10px; border-radius: 50%; margin-right: 7px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th { font-weight: 600; color: var(--quiet); text-align: left; vertical-align: bottom;
  font-size: 12.5px; }
th, td { padding: 6px 7px; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
tbody tr:last-child td { border-bottom: 0; }
.n { text-align: right; }
td:nth-child(2):not(.n) { white-space: normal; }
.findings { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
.findings li { display: flex; gap: 10px; align-items: baseline; }
.tag { flex: none; width: 66px; text-align: center; font-size: 12px; font-weight: 600;
  border-radius: 5px; padding: 1px 0; background: #e9edf0; color: var(--quiet); }
.error .tag { background: #fbe4e2; color: var(--error); }
.warning .tag { background: #fbeed6; color: var(--warning); }
.quiet { color: var(--quiet); margin: 0; }
.timeline { width: 100%; height: auto; display: block; }
.timeline .tick { stroke: var(--line); } .timeline text { fill: var(--quiet); font-size: 12px; }
.timeline .axis { text-anchor: middle; }
.timeline .row { text-anchor: end; fill: var(--ink); font-weight: 600; font-size: 13px; }
.timeline .number { font-size: 10px; }
.timeline .pause { stroke: var(--quiet); stroke-dasharray: 3 3; }
.timeline .swap { font-size: 10.5px; text-anchor: middle; }
.below { margin-top: 16px; }
footer { color: var(--quiet); font-size: 13px; margin: 18px 2px 0; }
.leaflet-container { font: inherit; font-size: 12.5px; }
@media (max-width: 1000px) { .columns { grid-template-columns: minmax(0, 1fr); }
  .map { position: static; } main { padding: 14px; } }
@media print { body { background: #fff; font-size: 11.5px; } main { max-width: none; padding: 0; }
  .columns { grid-template-columns: minmax(0, 1fr); } .map { position: static; }
  .map .folium-map { height: 130mm; } section, .card { break-inside: avoid; }
  .leaflet-control-zoom, .leaflet-control-layers { display: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
