using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.Desk;

/// <summary>A list of tickets that an agent comes back to, by a name of her own.</summary>
public sealed class DeskView
{
    public const int NameMaxLength = 60;
    public const int AddressMaxLength = 600;

    /// <summary>Views one person may keep.</summary>
    public const int MaxOwn = 20;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid PersonId { get; init; }

    public string Name { get; set; } = "";

    /// <summary>The query of the list's address, as the list itself writes it.</summary>
    public string Query { get; init; } = "";

    /// <summary>Whether all the desk sees it.</summary>
    public bool IsShared { get; init; }
}

/// <summary>The views that agents keep.</summary>
public static class DeskViews
{
    /// <summary>Hers, and what others share, by name.</summary>
    public static async Task<IReadOnlyList<DeskView>> DeskViewsAsync(this PortalDbContext db, Guid personId, CancellationToken cancel) =>
        [.. (await db.DeskViews.AsNoTracking().Where(v => v.PersonId == personId || v.IsShared).ToListAsync(cancel)).OrderBy(v => v.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(v => v.Id)];

    /// <summary>Keeps a view; one of hers by the same name is replaced.</summary>
    /// <returns>False when she keeps as many as she may.</returns>
    public static Task<bool> KeepDeskViewAsync(this PortalDbContext db, DeskView view, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            // Two windows at once keep one after the other.
            await db.Users.Where(p => p.Id == view.PersonId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Name, p => p.Name), cancel);
            var own = await db.DeskViews.Where(v => v.PersonId == view.PersonId).ToListAsync(cancel);
            var same = own.Find(v => string.Equals(v.Name, view.Name, StringComparison.CurrentCultureIgnoreCase));
            if (same is null && own.Count >= DeskView.MaxOwn)
            {
                return false;
            }

            if (same is not null)
            {
                db.DeskViews.Remove(same);
            }

            db.DeskViews.Add(view);
            return true;
        },
        cancel);

    /// <summary>Forgets a view of hers.</summary>
    public static Task ForgetDeskViewAsync(this PortalDbContext db, Guid personId, Guid id, CancellationToken cancel) =>
        db.DeskViews.Where(v => v.Id == id && v.PersonId == personId).ExecuteDeleteAsync(cancel);
}

internal sealed class DeskViewMapping : IEntityTypeConfiguration<DeskView>
{
    public void Configure(EntityTypeBuilder<DeskView> builder)
    {
        builder.Property(v => v.Id).ValueGeneratedNever();
        builder.Property(v => v.Name).HasMaxLength(DeskView.NameMaxLength);
        builder.Property(v => v.Query).HasMaxLength(DeskView.AddressMaxLength);
        builder.HasIndex(v => v.PersonId);
        builder.HasIndex(v => v.IsShared);
        builder.HasOne<Person>().WithMany().HasForeignKey(v => v.PersonId).OnDelete(DeleteBehavior.Cascade);
    }
}
