// Draws the charts of a page from the specifications in it, in the page's colours. The table beside each says the same.
"use strict";

const drawn = [];

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  const font = style.getPropertyValue("--sans").trim();
  const axis = { labelColor: of("quiet"), gridColor: of("rule"), domainColor: of("rule"), tickColor: of("rule"), labelFont: font, labelFontSize: 12 };
  return {
    background: null, font, axis, view: { stroke: null }, bar: { color: of("link") }, rule: { color: of("ink") },
    legend: { labelColor: of("ink"), labelFont: font, labelFontSize: 12 },
    range: { category: [of("link"), of("doubt"), of("good")] },
  };
}

function draw() {
  for (const view of drawn.splice(0)) view.finalize();
  for (const place of document.querySelectorAll("[data-chart]")) {
    const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    spec.width = Math.max(place.clientWidth, 240);
    spec.autosize = { type: "fit-x", contains: "padding" };
    spec.config = colours();
    place.hidden = false;
    place.replaceChildren();
    const inside = document.createElement("div");
    place.append(inside);
    spec.width = Math.max(place.clientWidth, 240);
    const parsed = charts.parse(charts.compile(spec).spec, null, { ast: true });
    const view = new charts.View(parsed, { expr: charts.expressionInterpreter, renderer: "svg", container: inside, hover: false, logLevel: charts.Warn });
    view.runAsync();
    drawn.push(view);
  }
}

draw();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
let waiting;
addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(draw, 200); });
