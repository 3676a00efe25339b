/* Lines of an industry beside their limit: 0 is the limit, to the right is beyond it. A table below
   each chart holds the same. */
(function () {
  "use strict";
  var INK = "#1a2433", FONT = "\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans SC\",\"Noto Sans CJK SC\",sans-serif";
  function draw() {
    var data = document.getElementById("comparison-data"), said = document.getElementById("comparison-words");
    if (!data || !said || !window.echarts) { return; }
    var groups = JSON.parse(data.textContent), words = JSON.parse(said.textContent), charts = [];
    document.querySelectorAll(".chart[data-group]").forEach(function (place) {
      var bars = groups[Number(place.dataset.group)].bars;
      /* On a phone there is no room for a name beside its bar: each has a row of its own above it. */
      var narrow = place.clientWidth < 560, per = narrow ? 2 : 1;
      place.style.height = Math.max(120, 48 + bars.length * (narrow ? 40 : 22)) + "px";
      var chart = window.echarts.init(place, null, { renderer: "svg" });
      var rows = [], drawn = [];
      bars.forEach(function (one) {
        if (narrow) { rows.push(one.name); drawn.push(null); }
        rows.push(narrow ? "" : one.name);
        drawn.push({ value: one.distance, itemStyle: {
          color: one.distance > 0 ? "#d98a8c" : "#a9c4e3", borderColor: one.own ? INK : (one.distance > 0 ? "#a4161a" : "#1f5fa8"), borderWidth: one.own ? 3 : 1
        } });
      });
      chart.setOption({
        animation: false, aria: { enabled: true },
        textStyle: { fontFamily: FONT, color: INK },
        grid: { left: narrow ? 28 : 8, right: 56, top: 8, bottom: 8, containLabel: true },
        xAxis: { type: "value", axisLabel: { formatter: "{value} %", hideOverlap: true } },
        yAxis: {
          type: "category", inverse: true, data: rows, axisTick: { show: false }, axisLine: { show: !narrow },
          axisLabel: {
            inside: narrow, margin: narrow ? -24 : 8, width: narrow ? place.clientWidth - 16 : 280,
            overflow: "truncate", interval: 0, fontSize: 12, color: INK
          }
        },
        tooltip: { trigger: "axis", confine: true, formatter: function (found) {
          var one = bars[Math.floor(found[0].dataIndex / per)], box = document.createElement("div");
          [one.name + (one.own ? " (" + words.own + ")" : ""), (one.distance > 0 ? words.beyond : words.within) + " " + Math.abs(one.distance) + " %"].forEach(function (text) {
            var line = document.createElement("div"); line.textContent = text; box.appendChild(line);
          });
          return box;
        } },
        series: [{
          type: "bar", barMaxWidth: 14, data: drawn,
          label: { show: bars.length <= 60, position: "right", fontSize: 11, color: INK, formatter: function (one) { return (one.value > 0 ? "+" : "") + one.value + " %"; } }
        }]
      });
      charts.push(chart);
    });
    window.addEventListener("resize", function () { charts.forEach(function (one) { one.resize(); }); });
  }
  document.addEventListener("DOMContentLoaded", draw);
}());
