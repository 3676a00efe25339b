/* The load of a watched line: mean and highest of each day, base, threshold, alarm days shaded.
   The data stand in the page (json_script); a table shows the same. */
(function () {
  "use strict";
  var INK = "#1a2433", BLUE = "#1f5fa8", RED = "#a4161a", GREY = "#76818f";
  var FONT = "\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans SC\",\"Noto Sans CJK SC\",sans-serif";
  var DAY = 24 * 3600000;

  function line(name, points, colour, style) {
    return {
      name: name, type: "line", showSymbol: false, connectNulls: false, data: points,
      lineStyle: Object.assign({ color: colour, width: 1.2 }, style || {}), itemStyle: { color: colour }
    };
  }

  function shade(spans, colour) {
    return spans.map(function (one) {
      return [{ xAxis: one[0], itemStyle: { color: colour } }, { xAxis: Date.parse(one[1]) + DAY }];
    });
  }

  function within(spans, time) {
    return spans.filter(function (one) {
      return Date.parse(one[0]) <= time + DAY / 2 && time < Date.parse(one[1]) + DAY / 2;
    })[0];
  }

  function told(lines) {
    var box = document.createElement("div");
    lines.forEach(function (text) {
      var row = document.createElement("div");
      row.textContent = text;
      box.appendChild(row);
    });
    return box;
  }

  function draw() {
    var place = document.getElementById("load-chart"), data = document.getElementById("load-data");
    if (!place || !data || !window.echarts || place.dataset.drawn) { return; }
    place.dataset.drawn = "yes";
    data = JSON.parse(data.textContent);
    var words = data.words, chart = window.echarts.init(place);
    var peak = line(words.peak, data.points.peak, BLUE);
    peak.markArea = {
      silent: true,
      data: shade(data.alarms, "rgba(164,22,26,.18)").concat(shade(data.unjudged, "rgba(118,129,143,.18)"))
    };
    chart.setOption({
      animation: false,
      aria: { enabled: true },
      textStyle: { fontFamily: FONT, color: INK },
      grid: { left: 8, right: 24, top: 72, bottom: 48, containLabel: true },
      legend: { top: 0, left: 0, right: 40, textStyle: { color: INK } },
      toolbox: { right: 0, feature: { saveAsImage: { title: words.save, name: "load" } } },
      xAxis: { type: "time", axisLabel: { hideOverlap: true } },
      yAxis: { type: "value", name: "kW", nameTextStyle: { align: "left" } },
      dataZoom: [{ type: "inside" }, { type: "slider", height: 18, bottom: 8 }],
      tooltip: {
        trigger: "axis", confine: true,
        formatter: function (found) {
          var time = Date.parse(found[0].value[0]), lines = [found[0].value[0]];
          found.forEach(function (one) {
            if (one.value[1] !== null && one.value[1] !== undefined) { lines.push(one.seriesName + " " + one.value[1] + " kW"); }
          });
          var alarm = within(data.alarms, time);
          if (alarm) { lines.push(alarm[2]); }
          if (within(data.unjudged, time)) { lines.push(words.unjudged); }
          return told(lines);
        }
      },
      series: [
        peak,
        line(words.mean, data.points.mean, INK),
        line(words.base, data.points.base, GREY, { type: "dotted" }),
        line(words.threshold, data.points.threshold, RED, { width: 2, type: "dashed" })
      ]
    });
    window.addEventListener("resize", function () { chart.resize(); });
  }

  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", draw); } else { draw(); }
})();
