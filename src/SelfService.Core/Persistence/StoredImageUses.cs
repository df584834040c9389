using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;

namespace SelfService.Core.Persistence;

/// <summary>What holds an image. The images of a text are kept as one JSON value, which only SQL can search.</summary>
internal static class StoredImageUses
{
    /// <summary>Revisions that show an image or name its address.</summary>
    /// <param name="hash">Hexadecimal.</param>
    public static IQueryable<Revision> RevisionsWith(this PortalDbContext db, string hash) =>
        db.Revisions.FromSql($"""SELECT * FROM "Revisions" WHERE "Images" LIKE {Within(hash)} OR "Body" LIKE {Within(hash)}""");

    /// <summary>Imported files that show an image.</summary>
    /// <inheritdoc cref="RevisionsWith" path="/param"/>
    public static IQueryable<ImportedFile> FilesWith(this PortalDbContext db, string hash) =>
        db.ImportedFiles.FromSql($"""SELECT * FROM "ImportedFiles" WHERE "Images" LIKE {Within(hash)}""");

    private static string Within(string hash) => "%" + hash + "%";
}
