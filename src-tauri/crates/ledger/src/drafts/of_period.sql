SELECT office
FROM drafts
WHERE period = :period
  AND exported_revision IS NOT revision
  AND (
    nil
    OR EXISTS (SELECT 1 FROM draft_cells AS cell WHERE cell.office = drafts.office AND cell.period = drafts.period)
    OR EXISTS (SELECT 1 FROM draft_evidence AS file WHERE file.office = drafts.office AND file.period = drafts.period)
  )
ORDER BY office
