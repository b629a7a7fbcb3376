import { lazy, Suspense, type ReactElement } from "react";

import type { FormData, FormSchema, Json, MomentAt } from "../api/types";
import { Gallery } from "../case/Gallery";
import { useI18n } from "../i18n";
import { Loading } from "../ui/states";

const FormView = lazy(() => import("../form/FormView"));

/** The form that this entry handed in, as it was seen: its release's form with its data, to be read only. */
export function Filled({ moment }: { moment: MomentAt }): ReactElement | null {
  const { t } = useI18n();
  const { filled } = moment;
  if (!filled) return null;
  return (
    <details className="panel replay-filled">
      <summary>{t("replay.filled")}</summary>
      <Suspense fallback={<Loading rows={4} />}>
        <FormView
          key={moment.seq}
          schema={filled.schema as FormSchema}
          initial={filled.data as FormData}
          editable={false}
          photos={({ value }) => <Gallery attachments={moment.attachments.filter(({ id }) => idsIn(value).has(id))} />}
        />
      </Suspense>
    </details>
  );
}

function idsIn(value: Json | undefined): Set<string> {
  const found = Array.isArray(value) ? value : [];
  return new Set(
    found.flatMap((one) =>
      one !== null && typeof one === "object" && !Array.isArray(one) && typeof one.id === "string" ? [one.id] : [],
    ),
  );
}
