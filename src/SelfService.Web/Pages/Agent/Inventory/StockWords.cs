using Microsoft.Extensions.Localization;
using SelfService.Core.Catalog;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent.Inventory;

/// <summary>Pieces in the words of those who count them.</summary>
public sealed class StockWords(IStringLocalizer<Texts> texts)
{
    /// <summary>How it stands with a variant.</summary>
    public DeskSign State(InventoryRow row) => row switch
    {
        { IsOnSale: false } => new(texts["Desk.StockOffSale"], "lock", "status-closed"),
        { InStock: null, LeadDays: { } days } => new(texts["Desk.StockMadeToOrder", days], "clock", ""),
        { InStock: null } => new(texts["Desk.StockUncounted"], "minus", ""),
        { InStock: 0 } => new(texts["Desk.StockNone"], "alert", "status-late"),
        { IsLow: true } => new(texts["Desk.StockLow"], "alert", "status-waiting"),
        _ => new(texts["Desk.StockEnough"], "check", "status-done"),
    };

    /// <summary>Pieces that came or went, always with their sign.</summary>
    public static string Delta(int delta) => delta > 0 ? $"+{delta:N0}" : $"−{-(long)delta:N0}";

    /// <summary>Why pieces moved.</summary>
    public string Reason(StockReason reason) => texts["Desk.StockReason" + reason];

    /// <summary>Who moved them.</summary>
    public string Who(ToldMovement told) => told switch
    {
        { Person: { Length: > 0 } person } => person,
        { Movement.Actor: ActorKind.Customer } => texts["Desk.Customer"],
        { Movement.Actor: ActorKind.Staff } => texts["Desk.Staff"],
        _ => texts["Desk.Portal"],
    };
}
