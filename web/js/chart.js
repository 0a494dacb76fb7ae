// Charts that people explore: lines of what was, what is expected and what is wanted, drawn by ECharts in place of the server's drawing,
// which stays for whoever has no script. The same numbers stand in a table below, so the chart is hidden from screen readers.
import { LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([LineChart, GridComponent, MarkLineComponent, TooltipComponent, CanvasRenderer]);

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const number = (v) => (v === null || v === undefined ? "" : v.toLocaleString("zh-CN", { maximumFractionDigits: 2 }));

function options(d) {
  const brand = token("--jy-brand") || "#11626f", ink = token("--jy-ink") || "#1c2024", soft = token("--jy-ink-2") || "#5c646b", line = token("--jy-line") || "#dfe3e6";
  const text = { color: soft, fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
  const start = d.actual.length - 1;
  const later = (list) => d.x.map((_, i) => (i < start ? null : list?.[i - start] ?? null));
  const end = { show: true, color: ink, fontFamily: text.fontFamily, formatter: "{a}", distance: 6 };
  const series = [];
  if (d.before) series.push({ name: d.words.before, data: d.before, lineStyle: { width: 1.5, color: "#9aa5ab" }, itemStyle: { color: "#9aa5ab" }, endLabel: { ...end, color: soft } });
  if (d.low && d.high) {
    const low = later(d.low), high = later(d.high);
    series.push({ name: "low", data: low, lineStyle: { width: 0 }, stack: "band", silent: true, tooltip: { show: false } });
    series.push({ name: d.words.interval, data: high.map((v, i) => (v === null ? null : v - low[i])), lineStyle: { width: 0 }, areaStyle: { color: brand, opacity: 0.15 }, stack: "band", silent: true });
  }
  series.push({ name: d.words.actual, data: d.actual, lineStyle: { width: 2.5, color: brand }, itemStyle: { color: brand } });
  if (d.forecast) series.push({ name: d.words.forecast, data: later(d.forecast), lineStyle: { width: 2, type: "dashed", color: brand }, itemStyle: { color: brand }, endLabel: { ...end, color: brand } });
  if (d.target !== null) {
    series.at(-1).markLine = { silent: true, symbol: "none", lineStyle: { color: ink, type: "solid", width: 1.5 }, data: [{ yAxis: d.target }],
      label: { formatter: `${d.words.target} ${number(d.target)}`, position: "insideStartTop", color: ink, fontFamily: text.fontFamily } };
  }
  const rows = (at) => series.filter((s) => s.name !== "low" && s.name !== d.words.interval && s.data[at] !== null && s.data[at] !== undefined)
    .map((s) => `${s.name}  ${number(s.data[at])}`).concat(at > start && d.low ? [`${d.words.interval}  ${number(d.low[at - start])}～${number(d.high[at - start])}`] : []);
  const values = [...d.actual, ...(d.low || []), ...(d.high || []), ...(d.before || []), ...(d.target === null ? [] : [d.target])];
  const least = Math.min(...values), most = Math.max(...values);
  return {
    animation: false,
    grid: { left: 8, right: 74, top: 20, bottom: 4, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, textStyle: { fontFamily: text.fontFamily, fontSize: 13 },
      formatter: (p) => [d.x[p[0].dataIndex], ...rows(p[0].dataIndex)].join("\n") },
    xAxis: { type: "category", data: d.x, axisLabel: text, axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, boundaryGap: false },
    yAxis: { type: "value", min: d.zero ? 0 : Math.floor(least - (most - least) * 0.1), axisLabel: { ...text, formatter: number }, splitLine: { lineStyle: { color: line } } },
    series: series.map((s) => ({ type: "line", symbol: "circle", symbolSize: 5, showSymbol: false, connectNulls: false, ...s })),
  };
}

for (const place of document.querySelectorAll("[data-chart]")) {
  const canvas = document.createElement("div");
  canvas.className = "jy-echart";
  canvas.setAttribute("aria-hidden", "true");
  place.prepend(canvas);
  const chart = echarts.init(canvas);
  chart.setOption(options(JSON.parse(place.dataset.chart)));
  const [wide, narrow] = place.querySelectorAll("figure > svg");
  narrow?.remove();
  wide?.classList.add("govuk-visually-hidden"); // its sentence stays for screen readers
  new ResizeObserver(() => chart.resize()).observe(canvas);
}
