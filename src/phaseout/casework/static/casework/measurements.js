/* Measurements beside their limit. The data stand in the page (json_script); a table shows the same.
   Drawn when the page loads, and again when htmx brings another span. */
(function () {
  "use strict";
  var INK = "#1a2433", BLUE = "#1f5fa8", RED = "#a4161a", AMBER = "#b26a00", GREY = "#76818f";
  var FONT = "\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans SC\",\"Noto Sans CJK SC\",sans-serif";
  var HOUR = 3600000;
  var chart = null;

  function read(id) {
    var place = document.getElementById(id);
    return place ? JSON.parse(place.textContent) : null;
  }

  function draw() {
    var place = document.getElementById("measurements-chart");
    var data = read("measurements-data"), words = read("measurements-words");
    if (!place || !data || !words || !window.echarts || place.dataset.drawn) { return; }
    place.dataset.drawn = "yes";
    chart = window.echarts.init(place);
    chart.setOption(data.kind === "readings" ? readings(data, words) : periods(data, words));
  }

  function base(data, words) {
    return {
      animation: false,
      aria: { enabled: true },
      textStyle: { fontFamily: FONT, color: INK },
      grid: { left: 8, right: 24, top: 56, bottom: 48, containLabel: true },
      legend: { top: 0, left: 0, textStyle: { color: INK } },
      toolbox: { right: 0, feature: { saveAsImage: { title: words.save, name: "measurements" } } },
      yAxis: { type: "value", name: data.unit, nameTextStyle: { align: "left" }, scale: true }
    };
  }

  function told(lines) {
    var box = document.createElement("div");
    lines.forEach(function (text) {
      var line = document.createElement("div");
      line.textContent = text;
      box.appendChild(line);
    });
    return box;
  }

  function line(name, points, colour, more) {
    return Object.assign({
      name: name, type: "line", showSymbol: false, connectNulls: false, data: points,
      lineStyle: { color: colour, width: 1.2 }, itemStyle: { color: colour }
    }, more || {});
  }

  /* One stepped line: a limit from its first day to its last, a hole between limits that do not meet. */
  function stepped(limits, side) {
    var points = [];
    limits.forEach(function (one, at) {
      if (one[side] === null) { return; }
      if (at && limits[at - 1].to !== one.from) { points.push([one.from, null]); }
      points.push([one.from, one[side]], [one.to, one[side]]);
    });
    return points;
  }

  function clauseAt(limits, time) {
    return limits.filter(function (one) {
      return Date.parse(one.from) <= time && time < Date.parse(one.to);
    }).map(function (one) { return one.clause; }).join(" · ");
  }

  function areas(spans, long, colour) {
    return spans.map(function (one) {
      var end = Date.parse(one[1].replace(" ", "T")) + long;
      return [{ xAxis: one[0], itemStyle: { color: colour } }, { xAxis: end }];
    });
  }

  function markAt(spans, time, long) {
    var found = spans.filter(function (one) {
      return Date.parse(one[0].replace(" ", "T")) <= time && time < Date.parse(one[1].replace(" ", "T")) + long;
    })[0];
    return found ? found[2] : "";
  }

  function readings(data, words) {
    var long = data.whole ? 24 * HOUR : HOUR;
    var shaded = areas(data.exceeding, long, "rgba(164,22,26,.16)").concat(areas(data.invalid, long, "rgba(118,129,143,.18)"));
    var series = [line(data.whole ? words.highest : words.measured, data.points, BLUE, {
      markArea: { silent: true, data: shaded }
    })];
    if (data.means) { series.push(line(words.mean, data.means, AMBER, { lineStyle: { color: AMBER, width: 1, type: "dotted" } })); }
    if (data.manual.length) {
      series.push({ name: words.manual, type: "scatter", symbol: "diamond", symbolSize: 9, data: data.manual, itemStyle: { color: INK } });
    }
    [["upper", words.limit], ["floor", words.floor]].forEach(function (side) {
      var points = stepped(data.limits, side[0]);
      if (points.length) { series.push(line(side[1], points, RED, { step: "end", lineStyle: { color: RED, width: 2 } })); }
    });
    return Object.assign(base(data, words), {
      xAxis: { type: "time", axisLabel: { hideOverlap: true } },
      dataZoom: [{ type: "inside" }, { type: "slider", height: 18, bottom: 8 }],
      tooltip: {
        trigger: "axis", confine: true,
        formatter: function (found) {
          var time = found[0].axisValue, lines = [found[0].axisValueLabel];
          found.forEach(function (one) {
            var value = one.value[1];
            if (value !== null && value !== undefined) { lines.push(one.seriesName + " " + value + " " + data.unit); }
          });
          var mark = markAt(data.invalid, time, long);
          if (mark) { lines.push(words.invalid + " " + mark); }
          var clause = clauseAt(data.limits, time);
          if (clause) { lines.push(words.clause + " " + clause); }
          return told(lines);
        }
      },
      series: series
    });
  }

  function periods(data, words) {
    var labels = data.points.map(function (one) { return one.label; });
    var bars = data.points.map(function (one) {
      var beyond = one.verdict === "noncompliant";
      return {
        value: one.value,
        itemStyle: {
          color: beyond ? "#d98a8c" : "#a9c4e3", borderColor: one.here ? INK : (beyond ? RED : BLUE),
          borderWidth: one.here ? 3 : 1, decal: beyond ? { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -0.7 } : null
        }
      };
    });
    return Object.assign(base(data, words), {
      xAxis: { type: "category", data: labels, axisLabel: { hideOverlap: true } },
      yAxis: { type: "value", name: data.unit, nameTextStyle: { align: "left" } },
      tooltip: {
        trigger: "axis", confine: true,
        formatter: function (found) {
          var one = data.points[found[0].dataIndex];
          var lines = [one.label + (one.here ? " · " + words.here : "")];
          if (one.value !== null) { lines.push(words.measured + " " + one.value + " " + data.unit); }
          if (one.limit !== null) { lines.push(words.limit + " " + data.comparator + " " + one.limit + " " + data.unit); }
          if (one.clause) { lines.push(words.clause + " " + one.clause); }
          return told(lines);
        }
      },
      series: [
        { name: words.measured, type: "bar", data: bars, barMaxWidth: 48, itemStyle: { color: "#a9c4e3" } },
        line(words.limit, data.points.map(function (one) { return one.limit; }), RED, {
          step: "middle", showSymbol: labels.length < 3, symbol: "rect", symbolSize: [40, 3], lineStyle: { color: RED, width: 2 }
        })
      ]
    });
  }

  document.addEventListener("DOMContentLoaded", draw);
  document.addEventListener("htmx:afterSettle", draw);
  window.addEventListener("resize", function () { if (chart) { chart.resize(); } });
}());
