using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Care;

/// <summary>
/// Writes to those who have to check articles whose date has come: to who wrote the text, while she is still an editor, otherwise to
/// all editors. One mail a person, however many articles there are, and again every month until it is done.
/// </summary>
public sealed class RemindToReview(PortalDbContext db, CompanyProfile company, TimeProvider clock)
{
    /// <summary>Time after which it reminds again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromDays(30);

    /// <summary>Articles that are due, earliest first.</summary>
    /// <param name="now">UTC.</param>
    public static IQueryable<Article> Due(PortalDbContext db, DateTime now) =>
        db.Articles.Where(a => a.Status == ArticleStatus.Published && a.TrashedAt == null && a.ReviewBy <= now).OrderBy(a => a.ReviewBy).ThenBy(a => a.Slug);

    /// <summary>Asks for the mails.</summary>
    /// <returns>Number of people reminded.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        try
        {
            return await db.InTransactionAsync(() => RemindAsync(cancel), cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another node was quicker, or somebody has just published one of them.
            return 0;
        }
    }

    private async Task<int> RemindAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var before = now - Again;
        var due = await Due(db, now).Where(a => a.ReviewRemindedAt == null || a.ReviewRemindedAt <= before).Include(a => a.PublishedRevision).ToListAsync(cancel);
        if (due.Count == 0)
        {
            return 0;
        }

        var editors = await EditorsAsync(cancel);
        var written = due.Select(a => a.PublishedRevision!.AuthorId).ToList();
        var people = editors.Where(e => written.Any(author => author == e.Id || !editors.Any(other => other.Id == author))).ToList();
        foreach (var person in people)
        {
            db.Jobs.Add(new MailRequest(MailKind.ReviewDue, person.Language ?? company.Locale[..2]) { PersonId = person.Id }.ToJob(now));
        }

        foreach (var article in due)
        {
            article.ReviewRemindedAt = now;
        }

        return people.Count;
    }

    // Administrators only where nobody is an editor.
    private async Task<List<Person>> EditorsAsync(CancellationToken cancel)
    {
        foreach (var role in new[] { Roles.Editor, Roles.Admin })
        {
            var id = db.Roles.Where(r => r.Name == role).Select(r => r.Id);
            if (await db.Users.Where(p => db.UserRoles.Any(u => u.UserId == p.Id && id.Contains(u.RoleId))).ToListAsync(cancel) is { Count: > 0 } people)
            {
                return people;
            }
        }

        return [];
    }
}
