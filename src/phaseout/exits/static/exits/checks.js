// What is wrong with a record, without network: the same of the same data as
// phaseout.law.dismantling.checks says on the server. Change both; a test compares them.
"use strict";

window.phaseoutChecks = (() => {
  const NUMBER = /^[0-9]{1,12}(\.[0-9]{1,6})?$/;
  const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
  const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

  const isDay = (text) => {
    if (!DAY.test(text)) return false;
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
  };

  const put = (text, given) =>
    Object.entries(given).reduce((done, [key, value]) => done.replaceAll(`{${key}}`, value), text);

  function fields(known, given, longest) {
    const found = [];
    for (const field of known) {
      const name = [field.zh, field.en];
      const text = String(given[field.field] ?? "").trim();
      const wanted = field.required || field.when.some(([f, v]) => given[f] === v);
      if (!text) {
        if (wanted) found.push(["field.missing", field.field, { name }]);
      } else if ([...text].length > longest) {
        found.push(["field.too-long", field.field, { name, most: longest }]);
      } else if (field.type === "decimal" && !NUMBER.test(text)) {
        found.push(["field.not-a-number", field.field, { name }]);
      } else if (field.type === "date" && !isDay(text)) {
        found.push(["field.not-a-day", field.field, { name }]);
      } else if (field.type === "yes_no" && text !== "yes" && text !== "no") {
        found.push(["field.not-an-option", field.field, { name }]);
      }
    }
    return found;
  }

  function files(rules, item, kind, record, have) {
    const brought = record.slots ?? {};
    const given = record.fields ?? {};
    const slots = item ? item.slots : [];
    const count = Object.values(brought).reduce((sum, n) => sum + n, 0);
    if (kind !== "tick") {
      const want = rules.files_at_least[kind];
      if (count >= want) return [];
      const name = slots.length ? [slots[0].zh, slots[0].en] : ["照片", "photo"];
      return [["photo.missing", "", { name, want, have: count }]];
    }
    const there = (slot) => (have[slot.slot] ?? 0) + (brought[slot.slot] ?? 0);
    const lacking = slots.filter((slot) => there(slot) < slot.at_least);
    if (given.done === "yes") {
      return lacking.map((slot) => ["photo.missing", slot.slot,
        { name: [slot.zh, slot.en], want: slot.at_least, have: there(slot) }]);
    }
    if (given.done === "no") {
      if (!count && !String(given.note ?? "").trim()) return [["record.empty", "", {}]];
      if (!lacking.length) return [["tick.missing", "done", {}, true]];
    }
    return [];
  }

  function whenAndWhere(record) {
    const found = [];
    if (!record.at) found.push("time.missing");
    else if (!TIME.test(record.at) || Number.isNaN(Date.parse(record.at))) found.push("time.unreadable");
    const place = record.place;
    if (place) {
      const [latitude, longitude] = [Number(place.latitude), Number(place.longitude)];
      const fits = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
      if (!fits) found.push("place.out-of-range");
    }
    return found;
  }

  // Each problem: code, field, zh, en, warns (told, and the record may still be kept).
  function problems(rules, item, record, have) {
    const said = ([code, field = "", given = {}, warns = false]) => {
      const [zh, en] = rules.words[code];
      const { name = ["", ""], ...rest } = given;
      return { code, field, zh: put(zh, { ...rest, name: name[0] }),
        en: put(en, { ...rest, name: name[1] }), warns };
    };
    const kind = record.record ?? "";
    const known = rules.records[kind];
    if (!known) return [said(["item.other-record"])];
    if (!item && !rules.without_item.includes(kind)) return [said(["item.unknown"])];
    if (item && item.left_out) return [said(["item.left-out"])];
    if (item && item.record !== kind) return [said(["item.other-record"])];
    return [
      ...fields(known, record.fields ?? {}, rules.longest),
      ...files(rules, item, kind, record, have),
      ...whenAndWhere(record).map((code) => [code]),
    ].map(said);
  }

  return { problems };
})();
