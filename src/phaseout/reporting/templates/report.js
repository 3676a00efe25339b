// Draws the charts. The tables below each of them hold the same data without scripts.
(function () {
  var options = JSON.parse(document.getElementById("charts").textContent);
  var drawn = Object.keys(options).map(function (id) {
    var place = document.getElementById(id);
    if (!place) return null;
    var chart = echarts.init(place, null, { renderer: "svg" });
    chart.setOption(options[id]);
    return chart;
  }).filter(Boolean);
  var resize = function () { drawn.forEach(function (chart) { chart.resize(); }); };
  window.addEventListener("resize", resize);
  window.addEventListener("beforeprint", resize);
})();
