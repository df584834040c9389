using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Editor;

/// <summary>Who is at work on an article.</summary>
public static class EditorPeople
{
    /// <summary>The person who is signed in.</summary>
    public static async Task<Core.KnowledgeBase.Editing.Editor> EditorAsync(this PortalDbContext db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var id = user.PersonId()!.Value;
        var person = await db.Users.Where(p => p.Id == id).Select(p => new { p.Name, p.Email }).SingleAsync(cancel);
        return new Core.KnowledgeBase.Editing.Editor(id, person.Name, EmailAddress.Parse(person.Email) ?? "", user.IsInRole(Roles.Admin));
    }
}
