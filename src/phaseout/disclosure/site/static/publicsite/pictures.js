/* Charts of the public pages are drawn from the tables that stand beside them, so that both say the
   same: a place `.chart[data-table]` names its table; the first column is the name, the column
   `data-column` the figure. `data-kind`: bar (names down the side) or line (names along the foot). */
(function () {
  "use strict";
  var INK = "#1a2433", BLUE = "#1f5fa8", PALE = "#a9c4e3", FONT = "\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans SC\",\"Noto Sans CJK SC\",sans-serif";
  function rowsOf(place) {
    var table = document.getElementById(place.dataset.table), column = Number(place.dataset.column || 1);
    return Array.prototype.map.call(table.tBodies[0].rows, function (row) {
      return { name: row.cells[0].textContent.trim(), value: Number(row.cells[column].dataset.value) };
    });
  }
  function bars(rows, narrow, width) {
    return {
      grid: { left: 8, right: 48, top: 4, bottom: 4, containLabel: true },
      xAxis: { type: "value", minInterval: 1, axisLabel: { hideOverlap: true } },
      yAxis: { type: "category", inverse: true, data: rows.map(function (r) { return r.name; }), axisTick: { show: false }, axisLabel: { color: INK, width: narrow ? width * 0.4 : 280, overflow: "break", interval: 0 } },
      series: [{ type: "bar", barMaxWidth: 16, data: rows.map(function (r) { return r.value; }), itemStyle: { color: PALE, borderColor: BLUE, borderWidth: 1 }, label: { show: true, position: "right", color: INK } }]
    };
  }
  function line(rows) {
    return {
      grid: { left: 8, right: 24, top: 24, bottom: 4, containLabel: true },
      xAxis: { type: "category", data: rows.map(function (r) { return r.name; }), axisLabel: { color: INK, hideOverlap: true } },
      yAxis: { type: "value", minInterval: 1, axisLabel: { color: INK } },
      series: [{ type: "line", step: "end", symbolSize: 8, data: rows.map(function (r) { return r.value; }), lineStyle: { color: BLUE }, itemStyle: { color: BLUE }, label: { show: rows.length <= 12, color: INK } }]
    };
  }
  function draw() {
    if (!window.echarts) { return; }
    var charts = [];
    document.querySelectorAll(".chart[data-table]").forEach(function (place) {
      var rows = rowsOf(place), narrow = place.clientWidth < 560, isBar = place.dataset.kind !== "line";
      if (isBar) { place.style.height = Math.max(80, 24 + rows.length * 28) + "px"; }
      var chart = window.echarts.init(place, null, { renderer: "svg" });
      var option = isBar ? bars(rows, narrow, place.clientWidth) : line(rows);
      option.animation = false;
      option.textStyle = { fontFamily: FONT, color: INK };
      option.tooltip = { trigger: "axis", confine: true };
      chart.setOption(option);
      charts.push(chart);
    });
    window.addEventListener("resize", function () { charts.forEach(function (one) { one.resize(); }); });
  }
  document.addEventListener("DOMContentLoaded", draw);
}());
