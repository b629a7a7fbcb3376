import type { ReactElement } from "react";

import type { ChecklistItem } from "../api/types";
import { useI18n } from "../i18n";
import { Button } from "../ui/Button";
import { Moment } from "../ui/parts";
import { standing } from "./model";
import type { Filling } from "./useChecklist";

/** What each of them said, side by side. One is taken; the other stays in the record. */
export function ConflictChoice({ item, filling }: { item: ChecklistItem; filling: Filling }): ReactElement {
  const { t } = useI18n();
  return (
    <ul className="check-sides">
      {standing(item).map((one) => (
        <li key={one.id}>
          <strong>{t(`check.${one.result}`)}</strong>
          <span>
            {one.author.name} · <Moment at={one.occurredAt} relative />
          </span>
          {one.note ? <p>{one.note}</p> : null}
          {one.photos.length > 0 ? <p>{t("check.photos", { n: one.photos.length })}</p> : null}
          {filling.editable ? (
            <Button
              onClick={() => {
                const { note, place, measures, photos, raised } = one;
                filling.answer(item, one.result, { note, place, measures, photos, raised });
              }}
            >
              {t("check.take")}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
