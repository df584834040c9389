using Microsoft.AspNetCore.Mvc.ModelBinding;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>Amounts and lines as an agent types them into the small forms of an order.</summary>
internal static class TypedAmount
{
    /// <summary>An amount in minor units, more than nothing and at most what is owed; what is wrong is said in the state.</summary>
    public static long Read(string? typed, long most, string field, DeskOrderWords words, ModelStateDictionary state)
    {
        var amount = words.Figures.MinorUnits(typed ?? "") ?? 0;
        if (amount <= 0)
        {
            state.AddModelError(field, "Desk.OrderAmountRequired");
        }
        else if (amount > most)
        {
            state.AddModelError(field, "Desk.OrderAmountMany");
        }

        return amount;
    }

    /// <summary>A line of text; what is wrong is said in the state.</summary>
    public static string ReadLine(string? typed, int most, string field, ModelStateDictionary state, bool isRequired = true)
    {
        var line = PlainText.Line(typed);
        if (line.Length > most || (isRequired && line.Length == 0))
        {
            state.AddModelError(field, line.Length == 0 ? "Desk.Order" + field + "Required" : "Desk.PromiseTooLong");
        }

        return line;
    }
}
