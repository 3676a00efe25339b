// What lies in the phone: cases taken along, and records that wait to be sent, photos and all.
"use strict";

window.phaseoutStore = (() => {
  const open = () => new Promise((done, failed) => {
    const asked = indexedDB.open("phaseout-field", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("cases", { keyPath: "case.pk" });
      asked.result.createObjectStore("queue", { keyPath: "order", autoIncrement: true });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

  let opened = null;
  const database = () => (opened ??= open());

  const run = async (name, mode, work) => {
    const db = await database();
    return new Promise((done, failed) => {
      const change = db.transaction(name, mode);
      const asked = work(change.objectStore(name));
      change.oncomplete = () => done(asked ? asked.result : undefined);
      change.onerror = () => failed(change.error);
      change.onabort = () => failed(change.error);
    });
  };

  return {
    cases: () => run("cases", "readonly", (store) => store.getAll()),
    keepCase: (data) => run("cases", "readwrite", (store) => store.put(data)),
    dropCase: (pk) => run("cases", "readwrite", (store) => store.delete(pk)),
    queue: () => run("queue", "readonly", (store) => store.getAll()),
    keep: (entry) => run("queue", "readwrite", (store) => store.put(entry)),
    drop: (order) => run("queue", "readwrite", (store) => store.delete(order)),
  };
})();
