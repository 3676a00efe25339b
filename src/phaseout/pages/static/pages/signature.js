// A signature drawn with a finger: fills a hidden field with a PNG. Without this script a photo of
// the signed paper does the same.
"use strict";

window.phaseoutSignature = (box) => {
  const canvas = box.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const hidden = box.querySelector("input[type=hidden]");
  if (!pen) return;
  box.hidden = false;
  pen.lineWidth = 3;
  pen.lineCap = "round";
  const at = (event) => {
    const frame = canvas.getBoundingClientRect();
    return [((event.clientX - frame.left) * canvas.width) / frame.width,
      ((event.clientY - frame.top) * canvas.height) / frame.height];
  };
  let drawing = false;
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => {
    drawing = false;
    hidden.value = canvas.toDataURL("image/png");
  });
  box.querySelector("button").addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    hidden.value = "";
  });
};

document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("form .signature")) window.phaseoutSignature(box);
});
