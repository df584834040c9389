using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Orders;

/// <summary>Whose cart it is: the account's, or that of a browser where nobody has signed in.</summary>
/// <param name="PersonId">The account; its cart counts then, whatever the browser brings.</param>
/// <param name="CartId">What the browser remembers.</param>
public sealed record CartHolder(Guid? PersonId, Guid? CartId);

/// <summary>What became of something that was put into a cart.</summary>
/// <param name="CartId">The cart it is in; null when there is none.</param>
public sealed record CartAddition(CartAdded Outcome, Guid? CartId);

/// <summary>How it went.</summary>
public enum CartAdded
{
    Added,

    /// <summary>There are as many pieces of it as one order may have.</summary>
    Most,

    /// <summary>There are as many lines as one order may have; it is not in the cart.</summary>
    Full,

    /// <summary>Nothing on sale has that SKU.</summary>
    Unknown,
}

/// <summary>Everything that is done with carts. Two changes of one cart at once wait for each other.</summary>
public sealed class Carts(PortalDbContext db, TimeProvider clock)
{
    // A second press of the same button; who goes back to add another piece takes longer.
    private static readonly TimeSpan SamePress = TimeSpan.FromSeconds(3);

    // Seen more often than this, it is not written down each time.
    private static readonly TimeSpan Touch = TimeSpan.FromDays(1);

    /// <summary>Pieces in the cart.</summary>
    public Task<int> CountAsync(CartHolder holder, CancellationToken cancel) =>
        Kept(holder).SelectMany(c => c.Lines).SumAsync(l => l.Quantity, cancel);

    /// <summary>The cart with its lines, variants and products, the oldest line first; null when there is none.</summary>
    public async Task<Cart?> FindAsync(CartHolder holder, CancellationToken cancel)
    {
        var cart = await Kept(holder).AsNoTracking().Include(c => c.Lines).ThenInclude(l => l.Variant).ThenInclude(v => v.Product).SingleOrDefaultAsync(cancel);
        cart?.Lines.Sort((a, b) => (a.AddedAt, a.VariantId).CompareTo((b.AddedAt, b.VariantId)));
        return cart;
    }

    /// <summary>
    /// Puts pieces into the cart, which is made when there is none. Pieces of the same variant add up; the same press sent twice
    /// counts once.
    /// </summary>
    public async Task<CartAddition> AddAsync(CartHolder holder, string? sku, int quantity, CancellationToken cancel)
    {
        var variant = sku is null ? null : await db.Variants.AsNoTracking().SingleOrDefaultAsync(v => v.Sku == sku && v.IsOnSale && v.Product.IsOnSale, cancel);
        return variant is null ? new CartAddition(CartAdded.Unknown, null) : await InTurnAsync(holder, cart =>
        {
            var now = Now();
            var line = cart.Lines.FirstOrDefault(l => l.VariantId == variant.Id);
            if (line is null && cart.Lines.Count >= Order.MaxLines)
            {
                return new CartAddition(CartAdded.Full, cart.Id);
            }

            if (line is null)
            {
                cart.Lines.Add(line = new CartLine { CartId = cart.Id, VariantId = variant.Id, AddedAt = now });
            }
            else if (now - line.AddedAt < SamePress)
            {
                return new CartAddition(CartAdded.Added, cart.Id);
            }

            var pieces = line.Quantity + Math.Clamp(quantity, 1, OrderLine.MaxQuantity);
            (line.Quantity, line.SeenPrice, line.AddedAt) = (Math.Min(pieces, OrderLine.MaxQuantity), variant.Price, now);
            return new CartAddition(pieces > OrderLine.MaxQuantity ? CartAdded.Most : CartAdded.Added, cart.Id);
        }, cancel);
    }

    /// <summary>Sets what she typed: pieces by variant, 0 to take a line out, and how she wants to receive it. Lines that are not named stay.</summary>
    public async Task ChangeAsync(CartHolder holder, IReadOnlyDictionary<Guid, int> quantities, Receiving? receiving, CancellationToken cancel)
    {
        if (!await Kept(holder).AnyAsync(cancel))
        {
            return;
        }

        await InTurnAsync(holder, cart =>
        {
            foreach (var line in cart.Lines.ToList())
            {
                if (quantities.GetValueOrDefault(line.VariantId, line.Quantity) is var pieces && pieces <= 0)
                {
                    cart.Lines.Remove(line);
                }
                else
                {
                    line.Quantity = Math.Min(pieces, OrderLine.MaxQuantity);
                }
            }

            cart.Receiving = receiving ?? cart.Receiving;
            return true;
        }, cancel);
    }

    /// <summary>
    /// Looks at the cart as it can be ordered now: what changed since she last saw it is told once, and is what she has seen from
    /// then on. More pieces than there are become those there are.
    /// </summary>
    public async Task<CartLook?> LookAsync(CartHolder holder, CancellationToken cancel)
    {
        if (await FindAsync(holder, cancel) is not { } cart)
        {
            return null;
        }

        var look = CartLook.Of(cart);
        if (look.Lines.Any(l => l.IsNews) || Now() - cart.UpdatedAt > Touch)
        {
            await InTurnAsync(holder, stored =>
            {
                foreach (var line in stored.Lines)
                {
                    if (look.Lines.FirstOrDefault(l => l.VariantId == line.VariantId) is { } seen && seen.Before == line.Quantity)
                    {
                        line.SeenPrice = seen.UnitPrice;
                        line.Quantity = seen.IsBuyable ? seen.Quantity : line.Quantity;
                    }
                }

                return true;
            }, cancel);
        }

        return look;
    }

    /// <summary>
    /// The browser's cart becomes the account's. Of what is in both, the larger number of pieces stays: putting the same thing
    /// into both is far more often one wish than two.
    /// </summary>
    public async Task MergeAsync(Guid cartId, Guid personId, CancellationToken cancel)
    {
        if (await FindAsync(new CartHolder(null, cartId), cancel) is not { Lines.Count: > 0 } guests)
        {
            return;
        }

        await InTurnAsync(new CartHolder(personId, null), cart =>
        {
            foreach (var line in guests.Lines)
            {
                if (cart.Lines.FirstOrDefault(l => l.VariantId == line.VariantId) is { } own)
                {
                    own.Quantity = Math.Max(own.Quantity, line.Quantity);
                }
                else
                {
                    // More lines than one order may have are kept all the same; she takes some out before she orders.
                    cart.Lines.Add(new CartLine { CartId = cart.Id, VariantId = line.VariantId, Quantity = line.Quantity, SeenPrice = line.SeenPrice, AddedAt = line.AddedAt });
                }
            }

            cart.Receiving = guests.Receiving ?? cart.Receiving;
            return true;
        }, cancel, forget: guests.Id);
    }

    // Two who make the first cart of an account at once: the second finds that of the first.
    private Task<T> InTurnAsync<T>(CartHolder holder, Func<Cart, T> change, CancellationToken cancel, Guid? forget = null) =>
        db.RetriedAsync(() => db.InTransactionAsync(() => ChangeAsync(holder, change, forget, cancel), cancel));

    private async Task<T> ChangeAsync<T>(CartHolder holder, Func<Cart, T> change, Guid? forget, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var (now, oldest) = (Now(), Now() - Cart.Lifetime);
        // What was kept too long and not swept away yet is nothing any more.
        await db.CartLines.Where(l => Of(holder).Any(c => c.Id == l.CartId && c.UpdatedAt <= oldest)).ExecuteDeleteAsync(cancel);
        // The row is locked by this until the end: lines are read and written by one at a time.
        await Of(holder).ExecuteUpdateAsync(set => set.SetProperty(c => c.UpdatedAt, now), cancel);
        var cart = await Of(holder).Include(c => c.Lines).SingleOrDefaultAsync(cancel);
        if (cart is null)
        {
            cart = new Cart { PersonId = holder.PersonId, CreatedAt = now, UpdatedAt = now };
            db.Carts.Add(cart);
        }

        var result = change(cart);
        if (forget is { } forgotten)
        {
            await db.Carts.Where(c => c.Id == forgotten && c.PersonId == null).ExecuteDeleteAsync(cancel);
        }

        return result;
    }

    private IQueryable<Cart> Kept(CartHolder holder)
    {
        var oldest = Now() - Cart.Lifetime;
        return Of(holder).Where(c => c.UpdatedAt > oldest);
    }

    // An account's cart is never a browser's: who signs out leaves it behind.
    private IQueryable<Cart> Of(CartHolder holder)
    {
        var (personId, cartId) = (holder.PersonId, holder.CartId);
        return personId is not null ? db.Carts.Where(c => c.PersonId == personId) : db.Carts.Where(c => cartId != null && c.Id == cartId && c.PersonId == null);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}

/// <summary>Forgets carts that nobody has touched for long, and empty ones.</summary>
public sealed class ForgetCarts(PortalDbContext db, TimeProvider clock)
{
    // Just emptied by an order, it may be filled again at this moment.
    private static readonly TimeSpan Emptied = TimeSpan.FromHours(1);

    /// <summary>Forgets them.</summary>
    /// <returns>How many.</returns>
    public Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (oldest, emptied) = (now - Cart.Lifetime, now - Emptied);
        return db.InTransactionAsync(() => db.Carts.Where(c => c.UpdatedAt <= oldest || (c.UpdatedAt <= emptied && c.Lines.Count == 0)).ExecuteDeleteAsync(cancel), cancel);
    }
}
