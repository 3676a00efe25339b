/* What exited beside its task and last year, industry by industry; one chart for each unit. The table
   below the charts holds the same. */
(function () {
  "use strict";
  var INK = "#1a2433", FONT = "\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans SC\",\"Noto Sans CJK SC\",sans-serif";
  var LOOKS = { task: ["#a9c4e3", "#1f5fa8", "rect"], done: ["#1f5fa8", "#17487f", "none"], last: ["#c9d1dc", "#8a94a3", "triangle"] };
  function draw() {
    var data = document.getElementById("annual-charts");
    if (!data || !window.echarts) { return; }
    var told = JSON.parse(data.textContent), charts = [];
    document.querySelectorAll(".chart[data-chart]").forEach(function (place) {
      var one = told[Number(place.dataset.chart)];
      place.style.height = 90 + one.names.length * (16 + 18 * one.series.length) + "px";
      var chart = window.echarts.init(place, null, { renderer: "svg" });
      chart.setOption({
        animation: false, aria: { enabled: true }, textStyle: { fontFamily: FONT, color: INK },
        legend: { left: 0, top: 0, itemWidth: 14 },
        grid: { left: 8, right: 48, top: 36, bottom: 8, containLabel: true },
        tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true },
        xAxis: { type: "value", name: one.title, nameLocation: "end", nameGap: 4, axisLabel: { hideOverlap: true } },
        yAxis: { type: "category", inverse: true, data: one.names, axisLabel: { interval: 0, color: INK } },
        series: one.series.map(function (each) {
          var look = LOOKS[each.kind];
          return {
            name: each.name, type: "bar", barMaxWidth: 14, data: each.values,
            itemStyle: { color: look[0], borderColor: look[1], decal: { symbol: look[2] } },
            label: { show: true, position: "right", fontSize: 11, color: INK }
          };
        })
      });
      charts.push(chart);
    });
    window.addEventListener("resize", function () { charts.forEach(function (one) { one.resize(); }); });
  }
  document.addEventListener("DOMContentLoaded", draw);
}());
