/* The time line of a limit: one stepped line an edition, from the data that the table shows too. */
(function () {
  "use strict";
  var place = document.getElementById("steps-chart");
  var data = document.getElementById("steps-data");
  if (!place || !data || !window.echarts) { return; }
  var told = JSON.parse(data.textContent);
  var words = told.words;
  var grey = "#4a5568", blue = "#1f5fa8";
  var DAY = 86400000;
  /* The stepped line: consecutive editions joined, a gap where days lie between them. */
  var chain = told.segments.filter(function (one) { return one.line; });
  var points = [], owners = [];
  chain.forEach(function (one, at) {
    var before = chain[at - 1];
    if (before && Date.parse(one.first) - Date.parse(before.last) > DAY) { points.push([before.last, null]); owners.push(before); }
    points.push({ value: [one.first, one.value], label: { show: true } }); owners.push(one);
    points.push({ value: [one.last, one.value], symbol: one.open ? "emptyTriangle" : "circle", symbolRotate: -90 }); owners.push(one);
  });
  var series = [{
    type: "line", step: "end", symbol: "circle", symbolSize: 8, connectNulls: false,
    lineStyle: { width: 3, color: blue }, itemStyle: { color: blue },
    label: { show: false, position: "top", color: "#1a2433", formatter: function (point) { return String(owners[point.dataIndex].value); } },
    data: points, owners: owners
  }];
  told.segments.filter(function (one) { return !one.line; }).forEach(function (one) {
    series.push({
      type: "line", symbol: "rect", symbolSize: 6, lineStyle: { width: 2, color: grey, type: "dashed" }, itemStyle: { color: grey },
      data: [[one.first, one.value], [one.last, one.value]], owners: [one, one]
    });
  });
  var chart = window.echarts.init(place, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    aria: { enabled: true },
    textStyle: { fontFamily: "\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans SC\",\"Noto Sans CJK SC\",sans-serif", color: "#1a2433" },
    grid: { left: 8, right: 24, top: 52, bottom: 8, containLabel: true },
    toolbox: { right: 0, feature: { saveAsImage: { title: "SVG" } } },
    tooltip: { trigger: "item", confine: true, formatter: function (point) {
      var one = series[point.seriesIndex].owners[point.dataIndex];
      var box = document.createElement("div");
      [one.edition + " " + one.clause, one.limit, one.condition, words.from + " " + one.first + " " + words.to + " " + (one.open ? words.open : one.last)].forEach(function (text) {
        if (!text) { return; }
        var line = document.createElement("div");
        line.textContent = text;
        box.appendChild(line);
      });
      return box;
    } },
    xAxis: { type: "time" },
    /* From nought: a change of two in a hundred must not look like a fall to the ground. */
    yAxis: { type: "value", name: told.unit, nameGap: 18, nameTextStyle: { align: "left" }, boundaryGap: [0, "15%"] },
    series: series
  });
  window.addEventListener("resize", function () { chart.resize(); });
}());
