import { resolve } from "node:path";
import { expect, test } from "vitest";
import { databaseOf, readEnvironment } from "#lib/settings/environment.ts";

test("without anything set, everything is in the project's folder", () => {
  const environment = readEnvironment({});
  expect(environment).toEqual({
    port: 3000,
    host: "0.0.0.0",
    content: resolve("incidents"),
    data: resolve("data"),
    watchesClock: true,
  });
  expect(databaseOf(environment)).toBe(resolve("data/candor.db"));
});

test("with a database's address everything is kept there", () => {
  for (const url of ["postgres://candor:s3cret@db.example:5432/candor", "postgresql:///candor?host=/run/postgresql"]) {
    expect(databaseOf(readEnvironment({ DATABASE_URL: url }))).toBe(url);
  }
});

test.each([
  "mysql://candor:s3cret@db.example/candor",
  "postgres://candor:s3cret@db.example",
  "postgres://candor:s3cret@db.example/",
  "s3cret",
])("a wrong address of a database is named without being repeated (%#)", (url) => {
  expect(() => readEnvironment({ DATABASE_URL: url })).toThrow(
    "Wrong environment: DATABASE_URL is not of the form postgres://user:password@host:5432/database. Correct it and start again.",
  );
});

test("where alarms go is https, or one mailbox with a mail server to reach it by, and is never repeated", () => {
  const read = (value: string, smtp?: string) => () =>
    readEnvironment({ CANDOR_ALERT_URL: value, ...(smtp ? { SMTP_URL: smtp } : {}) }).alerts;
  expect(read("https://hooks.example.com/s3cret")()).toStrictEqual({
    kind: "post",
    url: "https://hooks.example.com/s3cret",
  });
  expect(read("http://127.0.0.1:9/x")()).toMatchObject({ kind: "post" });
  expect(read("mailto:ops@example.com", "smtp://mail.example.com")()).toStrictEqual({
    kind: "mail",
    to: "ops@example.com",
  });
  expect(read("mailto:ops@example.com")).toThrow(/SMTP_URL, by which it would be reached, is not set/);
  for (const wrong of ["http://hooks.example.com/s3cret", "mailto:", "mailto:a@example.com,b@example.com", "s3cret"]) {
    expect(read(wrong)).toThrow(/CANDOR_ALERT_URL is not of the form/);
    expect(read(wrong)).not.toThrow(/s3cret/);
  }
});
