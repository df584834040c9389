using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using SelfService.Core.Catalog;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent.Inventory;

/// <summary>What somebody says of the pieces.</summary>
public enum StockChange
{
    /// <summary>There are that many.</summary>
    Count,
    Add,
    Take,
}

/// <summary>The form that puts the pieces of a variant right.</summary>
public sealed class AdjustForm
{
    public StockChange? Change { get; set; }

    public string? Pieces { get; set; }

    public string? Note { get; set; }

    /// <summary>Key of the form: sent twice, it is done once.</summary>
    public Guid Key { get; set; }

    /// <summary>Pieces that the page showed.</summary>
    public int Seen { get; set; }

    /// <summary>Reads what was typed; what is wrong is said in the state.</summary>
    /// <returns>Pieces that were typed, and how many come or go; null when something is wrong.</returns>
    public (int Pieces, int Delta)? Read(ModelStateDictionary state, IStringLocalizer<Texts> texts)
    {
        Key = Key == Guid.Empty ? Guid.NewGuid() : Key;
        Note = PlainText.Line(Note);
        var isNumber = int.TryParse(Pieces?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pieces) && pieces <= Stock.MaxPieces && (pieces > 0 || Change == StockChange.Count);
        Check(Change is { } change && Enum.IsDefined(change) && Seen is >= 0 and <= Stock.MaxPieces, nameof(Change), texts["Desk.StockChangeRequired"]);
        Check(isNumber, nameof(Pieces), texts["Desk.StockPiecesWrong", Stock.MaxPieces.ToString("N0", CultureInfo.CurrentCulture)]);
        Check(Note.Length is > 0 and <= StockMovement.NoteMaxLength, nameof(Note), texts[Note.Length == 0 ? "Desk.StockNoteRequired" : "Desk.PromiseTooLong"]);
        return state.IsValid ? (pieces, Change switch { StockChange.Add => pieces, StockChange.Take => -pieces, _ => pieces - Seen }) : null;

        void Check(bool isSo, string field, string message)
        {
            if (!isSo)
            {
                state.AddModelError(field, message);
            }
        }
    }
}
