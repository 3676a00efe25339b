// The page of records on the spot: cases taken along, their items, forms, the queue. Works without
// network; checks what is recorded by the office's own rules (checks.js).
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const store = window.phaseoutStore;
  const sending = window.phaseoutSending;
  const words = JSON.parse(document.getElementById("words").textContent);
  const addresses = JSON.parse(document.getElementById("addresses").textContent);
  const app = document.getElementById("app");
  const told = document.getElementById("told");
  const net = document.getElementById("net");
  const language = document.documentElement.lang === "en" ? 1 : 0;
  const said = (pair) => pair[language];
  const of = (thing) => (language ? thing.en : thing.zh);
  const filled = (text, given) =>
    Object.entries(given).reduce((done, [key, value]) => done.replaceAll(`{${key}}`, value), text);
  const tell = (text) => { told.textContent = text; };
  const VISIT = { id: "", record: "visit", zh: words.visit, en: words.visit, left_out: "", seen: true };

  const make = (tag, given = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (name in made && name !== "list") made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...inside.filter((one) => one !== null && one !== undefined && one !== false));
    return made;
  };
  const button = (text, onclick, second = true) =>
    make("button", { type: "button", className: second ? "second" : "", onclick }, text);

  const hex = (buffer) => [...new Uint8Array(buffer)].map((n) => n.toString(16).padStart(2, "0")).join("");
  const digest = async (blob) =>
    crypto.subtle ? hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())) : "";
  const uuid = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  // The phone's clock, put right by the server's when the case was taken along; Beijing time.
  const moment = (data, when) => {
    const beijing = new Date(when + data.offset + 8 * 3600 * 1000);
    return `${beijing.toISOString().slice(0, 19)}+08:00`;
  };

  // ---- the list

  async function home() {
    const [taken, queue] = [await store.cases(), await store.queue()];
    const list = make("section", { "aria-label": words.open });
    if (!taken.length) list.append(make("p", { className: "soft" }, words.none_taken));
    for (const data of taken) {
      const waits = queue.filter((entry) => entry.case === data.case.pk).length;
      list.append(make("article", { className: "party" },
        make("h2", {}, `${data.case.enterprise} · ${data.case.line}`),
        make("p", {}, `${data.case.number} · ${said(data.case.state)} · ${words.version} ${data.plan.version}`
          + (waits ? ` · ${words.waiting_here} ${waits}` : "")),
        make("p", { className: "soft small" }, `${words.taken_at} ${data.taken_at.slice(0, 16).replace("T", " ")}`),
        make("p", { className: "choices" },
          button(words.open, () => show(data.case.pk), false),
          button(words.refresh, () => takeAlong(data.case.pk)),
          !waits && button(words.drop, async () => { await store.dropCase(data.case.pk); home(); }))));
    }
    app.replaceChildren(list, queued(queue), await available(taken));
  }

  async function available(taken) {
    const place = make("section", {});
    if (!navigator.onLine) return place;
    let answer = null;
    try { answer = await sending.available(); } catch { return place; }
    if (!answer.data) { tell(words.sign_in); return place; }
    const known = new Set(taken.map((data) => data.case.pk));
    const left = answer.data.cases.filter((one) => !known.has(one.pk));
    if (!left.length && !taken.length) place.append(make("p", { className: "soft" }, words.none_available));
    for (const one of left) {
      place.append(make("p", {}, `${one.enterprise} · ${one.line} `,
        make("span", { className: "soft" }, one.number), " ",
        button(words.take, () => takeAlong(one.pk))));
    }
    return place;
  }

  async function takeAlong(pk) {
    try {
      if (!await sending.take(pk)) tell(words.sign_in);
    } catch { tell(words.offline); }
    home();
  }

  // ---- the queue

  function queued(queue) {
    const place = make("section", { id: "queue" }, make("h2", {}, words.queue));
    if (!queue.length) place.append(make("p", { className: "soft" }, words.queue_none));
    for (const entry of queue) place.append(waiting(entry));
    if (queue.some((entry) => entry.state === "waiting")) {
      place.append(make("p", {}, button(words.send, send, false)));
    }
    return place;
  }

  function waiting(entry) {
    const state = words[`state_${entry.state}`];
    const box = make("article", { className: "party", "data-state": entry.state },
      make("p", {}, make("strong", {}, entry.title), ` · ${entry.at.slice(0, 16).replace("T", " ")} · ${state}`));
    if (entry.told) {
      box.append(make("p", {}, said([entry.told.what.zh, entry.told.what.en]) + "："
        + said([entry.told.why.zh, entry.told.why.en])));
    }
    if (entry.state === "conflict") {
      box.append(make("div", { className: "pair both" },
        asWas(words.then, entry.told.then), asWas(words.now, entry.told.now)));
      box.append(button(words.agree_new, async () => {
        await store.keep({ ...entry, state: "waiting", agreed: entry.told.plan, told: null });
        await send();
      }, false));
    }
    if (entry.state === "refused") {
      box.append(button(words.retry, async () => {
        await store.keep({ ...entry, state: "waiting", told: null });
        await send();
      }));
    }
    if (entry.state !== "waiting") {
      box.append(" ", button(words.give_up, async () => {
        if (!confirm(words.give_up_sure)) return;
        await store.drop(entry.order);
        home();
      }));
    }
    return box;
  }

  function asWas(title, item) {
    const box = make("div", {}, make("h3", {}, title));
    if (!item) return make("div", {}, make("h3", {}, title), make("p", {}, words.gone));
    box.append(make("p", {}, of(item)));
    if (item.left_out) box.append(make("p", {}, `${words.left_out}${item.left_out}`));
    box.append(make("ul", {}, ...item.slots.map((slot) => make("li", {}, `${of(slot)} × ${slot.at_least}`))));
    return box;
  }

  async function send() {
    let result = { sent: 0, signIn: false };
    try { result = await sending.send(); } catch { tell(words.offline); }
    if (result.signIn) tell(words.sign_in);
    else if (result.sent) tell(filled(words.sent, { n: result.sent }));
    await home();
  }

  // ---- one case

  const dataOf = async (pk) => (await store.cases()).find((data) => data.case.pk === pk);

  async function show(pk) {
    const data = await dataOf(pk);
    const queue = (await store.queue()).filter((entry) => entry.case === pk);
    const list = make("ul", { className: "field-items" });
    for (const item of [...data.plan.items, VISIT]) {
      if (!item.record) continue;
      const waits = queue.filter((entry) => entry.item === item.id && entry.record === item.record).length;
      const state = item.left_out ? `${words.left_out}${item.left_out}`
        : data.complete.includes(item.id) ? words.done : "";
      list.append(make("li", {},
        item.left_out ? nameOf(data, item) : button(nameOf(data, item), () => form(data, item)),
        ` ${state}`, waits ? ` · ${words.waiting_here} ${waits}` : ""));
    }
    const open = data.sheet ? data.sheet.parties.filter((one) => !one.signed) : [];
    app.replaceChildren(
      make("p", {}, button(words.back, home)),
      make("h2", {}, `${data.case.enterprise} · ${data.case.line}`),
      list,
      make("p", { className: "soft small" }, words.proposed),
      open.length ? make("p", {}, button(words.sign, () => sign(data), false)) : "");
  }

  const nameOf = (data, item) => {
    const owner = data.plan.equipment.find((one) => one.id === item.equipment);
    return `${owner ? `${owner.name}：` : ""}${of(item)}${item.seen ? "" : " ◇"}`;
  };

  const slotsOf = (data, item) => (item.record === "visit" ? data.visit_slots : item.slots);

  async function haveOf(data, item) {
    const have = { ...(data.have[item.id] ?? {}) };
    for (const entry of await store.queue()) {
      if (entry.case !== data.case.pk || entry.item !== item.id || entry.state !== "waiting") continue;
      for (const file of entry.files) have[file.slot] = (have[file.slot] ?? 0) + 1;
    }
    return have;
  }

  async function form(data, item) {
    const have = await haveOf(data, item);
    const wrong = make("div", { role: "alert" });
    const place = { got: null };
    const made = make("form", { className: "on-site", noValidate: true });
    for (const field of data.rules.records[item.record]) made.append(control(field));
    for (const slot of slotsOf(data, item)) made.append(chooser(slot, have));
    made.append(
      make("p", {}, button(words.place, (event) => locate(place, event.target))),
      wrong,
      make("p", { className: "buttons" }, make("button", {}, words.save), button(words.back, () => show(data.case.pk))));
    made.addEventListener("submit", async (event) => {
      event.preventDefault();
      const entry = await entryOf(data, item, made, place.got);
      const slots = {};
      for (const file of entry.files) slots[file.slot] = (slots[file.slot] ?? 0) + 1;
      const found = window.phaseoutChecks.problems(
        data.rules, item.record === "visit" ? null : item, { ...entry, slots }, have);
      const large = entry.files.filter((file) => file.blob.size > data.largest)
        .map((file) => filled(words.too_large, { name: file.name, most: data.largest / 1048576 }));
      const errors = [...large, ...found.filter((one) => !one.warns).map(of)];
      wrong.className = errors.length ? "refusal" : "";
      wrong.replaceChildren(...errors.map((text) => make("p", {}, text)));
      if (errors.length) { wrong.scrollIntoView({ block: "center" }); return; }
      await keep(entry, data.case.pk, found.map(of));
    });
    app.replaceChildren(make("h2", {}, nameOf(data, item)), made);
    window.scrollTo(0, 0);
  }

  function control(field) {
    const id = `field-${field.field}`;
    const label = of(field) + (field.required ? "" : ` ${words.optional}`);
    if (field.type === "yes_no") {
      return make("fieldset", { className: "item" }, make("legend", {}, of(field)),
        make("div", { className: "yes-no" }, ...["yes", "no"].map((value) => make("label", {},
          make("input", { type: "radio", name: field.field, value }), ` ${words[value]}`))));
    }
    return make("p", {}, make("label", { htmlFor: id }, label), make("input", {
      id, name: field.field, maxLength: 500,
      type: field.type === "date" ? "date" : "text",
      inputMode: field.type === "decimal" ? "decimal" : "text",
    }));
  }

  function chooser(slot, have) {
    const id = `slot-${slot.slot}`;
    const input = make("input", { id, type: "file", multiple: true, "data-slot": slot.slot });
    if (slot.type !== "file") {
      input.accept = slot.type === "photo" ? "image/jpeg,image/png" : "video/mp4,video/quicktime";
      input.setAttribute("capture", "environment");
    }
    const need = filled(words.need, { want: slot.at_least, have: have[slot.slot] ?? 0 });
    return make("p", {}, make("label", { htmlFor: id }, `${of(slot)} `, make("span", { className: "soft" }, need)), input);
  }

  function locate(place, pressed) {
    if (!navigator.geolocation) { pressed.textContent = words.place_none; return; }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        place.got = { latitude: coords.latitude, longitude: coords.longitude, accuracy: Math.round(coords.accuracy) };
        pressed.textContent = filled(words.place_got, { metres: place.got.accuracy });
      },
      () => { pressed.textContent = words.place_none; },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  }

  async function entryOf(data, item, made, place) {
    const now = Date.now();
    const fields = {};
    for (const field of data.rules.records[item.record]) {
      fields[field.field] = new FormData(made).get(field.field) ?? "";
    }
    const files = [];
    for (const input of made.querySelectorAll("input[type=file]")) {
      for (const file of input.files) {
        files.push({
          slot: input.dataset.slot, name: file.name, sha256: await digest(file), blob: file,
          taken_at: moment(data, Math.min(file.lastModified || now, now)), place,
        });
      }
    }
    return {
      key: uuid(), by: data.by, case: data.case.pk, title: nameOf(data, item), record: item.record,
      item: item.id, fields, files, at: moment(data, now), place, plan: data.plan.digest, agreed: "",
      state: "waiting", told: null,
    };
  }

  async function keep(entry, pk, warnings = []) {
    try { await store.keep(entry); } catch { tell(words.store_failed); return; }
    tell([words.saved, ...warnings].join(" "));
    if (navigator.onLine) {
      try { await sending.send(); } catch { /* it waits in the phone */ }
    }
    const left = await store.queue();
    if (left.some((one) => one.state !== "waiting")) home(); else show(pk);
  }

  // ---- a signature on the screen

  function sign(data) {
    const wrong = make("div", { role: "alert" });
    const choice = make("select", { id: "party" }, ...data.sheet.parties.filter((one) => !one.signed)
      .map((one) => make("option", { value: one.party }, `${said(one.words)} · ${one.organisation}`)));
    const box = make("div", { className: "signature" }, make("p", {}, words.sign_here),
      make("canvas", { width: 600, height: 220 }), button(words.sign_again, () => {}), make("input", { type: "hidden" }));
    const text = (name) => make("p", {}, make("label", { htmlFor: `sign-${name}` }, words[name]),
      make("input", { id: `sign-${name}`, name, maxLength: 500 }));
    const made = make("form", { className: "on-site", noValidate: true },
      make("p", {}, make("label", { htmlFor: "party" }, words.party), choice),
      make("fieldset", { className: "item" }, make("legend", {}, words.opinion),
        make("div", { className: "yes-no" }, ...["agree", "refuse"].map((value) => make("label", {},
          make("input", { type: "radio", name: "opinion", value }), ` ${words[value]}`)))),
      text("reason"), text("name"), text("role"), box,
      make("p", { className: "soft small" }, data.sheet.digest), wrong,
      make("p", { className: "buttons" }, make("button", {}, words.sign), button(words.back, () => show(data.case.pk))));
    made.addEventListener("submit", async (event) => {
      event.preventDefault();
      const given = Object.fromEntries(new FormData(made));
      const fields = { opinion: "", reason: "", ...given, party: choice.value };
      const drawn = box.querySelector("input").value;
      const whole = fields.opinion && fields.name.trim() && fields.role.trim() && drawn
        && (fields.opinion !== "refuse" || fields.reason.trim());
      wrong.className = whole ? "" : "refusal";
      wrong.textContent = whole ? "" : words.sign_missing;
      if (!whole) return;
      const blob = new Blob([Uint8Array.from(atob(drawn.split(",")[1]), (c) => c.charCodeAt(0))], { type: "image/png" });
      await keep({
        key: uuid(), by: data.by, case: data.case.pk, title: `${words.sign} ${choice.selectedOptions[0].text}`,
        record: "sign", item: choice.value, fields, at: moment(data, Date.now()), sheet: data.sheet.digest,
        files: [{ slot: "signature", name: "签名.png", sha256: await digest(blob), blob }],
        state: "waiting", told: null,
      }, data.case.pk);
    });
    app.replaceChildren(make("h2", {}, words.sign), made);
    window.phaseoutSignature(box);
  }

  // ---- network

  const network = () => { net.textContent = navigator.onLine ? words.online : words.offline; };
  window.addEventListener("offline", network);
  window.addEventListener("online", () => { network(); send(); });
  network();
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register(addresses.worker).then((kept) => {
      if (navigator.onLine && kept.active) kept.active.postMessage("refresh");
    }).catch(() => {});
    if (navigator.storage?.persist) navigator.storage.persist();
  } else tell(words.insecure);
  if (navigator.onLine) send(); else home();
});
