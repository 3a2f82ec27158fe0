import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import "#components/form/form.css";
import "./operator.css";
import { OperatorsPage, operatorTitle } from "#components/operator/operator-page.tsx";
import { pageView, VIEW_HEADER } from "#lib/web/page-views.ts";

export async function generateMetadata(): Promise<Metadata> {
  const view = await viewOfRequest();
  return { title: { absolute: operatorTitle(view) }, robots: { index: false } };
}

/** Every page of the operator's: what it shows comes from whoever answers there, and from nobody else. */
export default async function OperatorRoute() {
  return <OperatorsPage view={await viewOfRequest()} />;
}

async function viewOfRequest() {
  const found = pageView((await headers()).get(VIEW_HEADER));
  return found?.path === "/operator" ? found.view : notFound();
}
