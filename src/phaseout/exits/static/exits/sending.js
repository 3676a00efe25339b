// Sends what waits, one after another. Each record has a key of its own: sent twice it is there once.
"use strict";

window.phaseoutSending = (() => {
  const store = window.phaseoutStore;
  const addresses = JSON.parse(document.getElementById("addresses").textContent);
  const at = (address, pk) => address.replace("/0/", `/${pk}/`);

  // JSON of a page, or null where one is asked to sign in.
  async function fetched(address, options = {}) {
    const answer = await fetch(address, {
      credentials: "same-origin", headers: { Accept: "application/json" }, ...options,
    });
    const kind = answer.headers.get("Content-Type") ?? "";
    if (answer.redirected || !kind.includes("json")) return { status: answer.status, data: null };
    return { status: answer.status, data: await answer.json() };
  }

  const available = () => fetched(addresses.cases);
  const take = async (pk) => {
    const { status, data } = await fetched(at(addresses.case, pk));
    if (!data || status !== 200) return null;
    data.offset = Date.parse(data.clock) - Date.now();
    data.taken_at = data.clock;
    await store.keepCase(data);
    return data;
  };

  async function post(entry, csrf) {
    const body = new FormData();
    const { files, order, state, told, ...record } = entry;
    record.files = files.map(({ blob, ...rest }) => rest);
    body.append("record", JSON.stringify(record));
    files.forEach((file, n) => body.append(`file:${n}`, file.blob, file.name));
    return fetched(at(addresses.records, entry.case), {
      method: "POST", body,
      headers: { Accept: "application/json", "X-CSRFToken": csrf },
    });
  }

  // Gives { sent, signIn }; what was refused stays with what was told.
  async function sendAll() {
    const result = { sent: 0, signIn: false };
    const fresh = new Map();
    for (const entry of await store.queue()) {
      if (entry.state !== "waiting") continue;
      if (!fresh.has(entry.case)) {
        const { data } = await fetched(at(addresses.case, entry.case));
        if (!data) { result.signIn = true; break; }
        fresh.set(entry.case, data.csrf);
      }
      const csrf = fresh.get(entry.case);
      const { status, data } = await post(entry, csrf ?? "");
      if (!data) { result.signIn = true; break; }
      if (status === 201) {
        await store.drop(entry.order);
        result.sent += 1;
      } else {
        const state = data.refused === "record.plan-changed" ? "conflict" : "refused";
        await store.keep({ ...entry, state, told: data });
      }
    }
    for (const pk of result.sent ? fresh.keys() : []) await take(pk);
    return result;
  }

  // Two open pages do not send the same record at once.
  const send = () => navigator.locks
    ? navigator.locks.request("phaseout-sending", sendAll) : sendAll();

  return { available, take, send };
})();
