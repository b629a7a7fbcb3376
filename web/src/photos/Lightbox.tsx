import type { ReactElement } from "react";

import type { Attachment } from "../api/types";
import { useI18n, type MessageKey, type Translate } from "../i18n";
import { Icon } from "../ui/Icon";
import { Facts, Moment } from "../ui/parts";
import { Sheet } from "../ui/Sheet";
import type { PhotoValue } from "./device";

interface Props {
  photo: PhotoValue;
  src: string;
  /** Where the picture that this one answers may be among. */
  others?: Attachment[];
  attachment: Attachment | undefined;
  onClose: () => void;
}

/** One picture, large, with what proves it: when, where, by whom, and the hash of the original. */
export function Lightbox({ photo, src, others = [], attachment, onClose }: Props): ReactElement {
  const { t } = useI18n();
  const pair = attachment?.pairOf ? others.find((one) => one.id === attachment.pairOf) : undefined;
  return (
    <Sheet title={attachment?.name ?? t("photo.one")} onClose={onClose} wide>
      {pair?.previewUrl ? (
        <div className="lightbox-pair">
          <figure>
            <img src={pair.previewUrl} alt={pair.name} />
            <figcaption>{t(pair.role === "before" ? "role.before" : "photo.copyOf")}</figcaption>
          </figure>
          <figure>
            <img src={src} alt={attachment?.name ?? t("photo.one")} />
            <figcaption>{t(attachment?.role === "after" ? "role.after" : "photo.marked")}</figcaption>
          </figure>
        </div>
      ) : (
        <img className="lightbox" src={src} alt={attachment?.name ?? t("photo.one")} />
      )}
      <Facts
        rows={[
          ...(attachment?.capturedAt
            ? [[t("photo.captured"), <Moment key="at" at={attachment.capturedAt} />] as [string, ReactElement]]
            : []),
          ...(attachment ? [[t("photo.by"), attachment.uploadedBy.name] as [string, string]] : []),
          ...(attachment ? [[t("photo.source"), t(`photo.source.${attachment.source}`)] as [string, string]] : []),
          [t("photo.place"), attachment?.gps ?? missing(attachment, t)],
          [
            t("photo.hash"),
            <code key="hash" className="hash">
              {photo.sha256}
            </code>,
          ],
        ]}
      />
      {attachment ? (
        <a className="button button-plain" href={attachment.url} download>
          <Icon name="download" /> <span>{t("photo.original")}</span>
        </a>
      ) : null}
    </Sheet>
  );
}

/** The reasons that this application gives itself, in words; others as they were said. */
const REASONS: Record<string, MessageKey> = {
  "location denied": "photo.gps.denied",
  "no fix": "photo.gps.noFix",
  "no location service": "photo.gps.noService",
  "not taken with this device": "photo.gps.elsewhere",
};

function missing(attachment: Attachment | undefined, t: Translate): string {
  const reason = attachment?.gpsMissingReason;
  if (!reason) return t("photo.noPlace");
  const key = REASONS[reason];
  return t("photo.noGps", { reason: key ? t(key) : reason });
}
