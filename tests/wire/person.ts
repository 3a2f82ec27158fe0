import { request } from "node:http";
import type { Role } from "#lib/model/access.ts";
import type { Office } from "./office.ts";

interface Sent {
  readonly status: number;
  readonly location: string | undefined;
  readonly cookie: string | undefined;
  readonly html: string;
}

type Headers = Readonly<Record<string, string>>;

function send(office: Office, method: string, path: string, headers: Headers, body = ""): Promise<Sent> {
  const url = new URL(office.url);
  return new Promise((done, fail) => {
    request({ hostname: url.hostname, port: url.port, method, path, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        done({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          cookie: response.headers["set-cookie"]?.[0],
          html: Buffer.concat(parts).toString(),
        }),
      );
    })
      .on("error", fail)
      .end(body);
  });
}

/** Somebody with a browser, as far as the server can tell. */
export class Person {
  readonly office: Office;
  readonly headers: Headers;
  csrf = "";

  constructor(office: Office, headers: Headers) {
    this.office = office;
    this.headers = headers;
  }

  static async of(office: Office, role: Role = "publisher", name: string = role): Promise<Person> {
    const visitor = new Person(office, {});
    const token = await office.token(role, name);
    const { cookie } = await visitor.post("/operator/-/sign-in", { token });
    const person = new Person(office, { cookie: cookie?.split(";")[0] ?? "" });
    await person.get("/operator");
    return person;
  }

  async get(path: string): Promise<Sent> {
    const sent = await send(this.office, "GET", path, this.headers);
    this.csrf = /name="csrf" value="([^"]+)"/.exec(sent.html)?.[1] ?? this.csrf;
    return sent;
  }

  post(path: string, fields: Headers, headers: Headers = {}): Promise<Sent> {
    const form = new URLSearchParams({ csrf: this.csrf, key: Math.random().toString(36), ...fields });
    const type = "application/x-www-form-urlencoded";
    const all = { "content-type": type, origin: this.office.url, ...this.headers, ...headers };
    return send(this.office, "POST", path, all, form.toString());
  }
}
