interface Part {
  from: number;
  to: number;
}

export interface Legend {
  labels: (Part & { name: string })[];
  /** What looks like a place to fill in and isn't one. */
  broken: (Part & { message: string })[];
}

/**
 * The places of a panel's legend that Grafana fills in: `{{label}}` with blanks around the name
 * (grafana-prometheus, `renderLegendFormat`).
 */
export function legendParts(text: string): Legend {
  const legend: Legend = { labels: [], broken: [] };
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', at + 2);
    if (close < 0) {
      legend.broken.push({ from: at, to: text.length, message: '`{{` is not closed' });
      break;
    }
    const inner = text.slice(at + 2, close);
    const name = inner.trim();
    if (/^[a-zA-Z_]\w*$/.test(name)) legend.labels.push({ name, from: at, to: close + 2 });
    // A quoted name is one of UTF-8; a variable may stand for a name.
    else if (!/^"|\$|\[\[/.test(name))
      legend.broken.push({ from: at, to: close + 2, message: `\`${name}\` is no label's name` });
    at = close + 2;
  }
  return legend;
}
