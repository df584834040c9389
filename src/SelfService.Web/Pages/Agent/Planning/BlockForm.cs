using Microsoft.AspNetCore.Mvc.ModelBinding;
using NodaTime;
using NodaTime.Text;
using SelfService.Core.Appointments;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Appointments;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>A time to be blocked, as it was typed. Without hours it is whole days.</summary>
public sealed class BlockForm
{
    // Clocks know later years; nobody is away then.
    private const int LastYear = 2200;

    private static readonly LocalTimePattern Hour = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>Sent twice, one block.</summary>
    public Guid Key { get; set; }

    public BlockKind? Kind { get; set; }

    /// <summary>Key of the person or room.</summary>
    public string? Resource { get; set; }

    public string? FromDay { get; set; }

    public string? FromHour { get; set; }

    public string? ToDay { get; set; }

    public string? ToHour { get; set; }

    public string? Reason { get; set; }

    /// <summary>Cleans what was typed and says what is wrong with it.</summary>
    /// <returns>Null where something was wrong.</returns>
    public BlockRequest? Read(ModelStateDictionary state, Agenda agenda, Guid personId)
    {
        Key = Key == Guid.Empty ? Guid.NewGuid() : Key;
        Reason = PlainText.Line(Reason);
        var resource = agenda.Resource(Resource);
        var zone = resource?.Places.Select(agenda.Place).FirstOrDefault()?.Zone;
        Require(state, nameof(Resource), zone is not null, "Desk.AgendaResourceRequired");
        Require(state, nameof(Kind), Kind is not null && Enum.IsDefined(Kind.Value), "Desk.AgendaKindRequired");
        Require(state, nameof(Kind), Kind != BlockKind.Absence || resource?.Kind != ResourceKind.Room, "Desk.AgendaRoomAway");
        var from = Moment(state, nameof(FromDay), FromDay, nameof(FromHour), FromHour, daysMore: 0);
        // Whole days go on until the last of them ends.
        var to = Moment(state, nameof(ToDay), ToDay is { Length: > 0 } ? ToDay : FromDay, nameof(ToHour), ToHour, daysMore: 1);
        Require(state, nameof(Reason), Reason.Length <= Block.ReasonMaxLength, "Desk.AgendaReasonLong");
        return state.IsValid ? new BlockRequest(Key, Kind!.Value, resource!.Key, zone!, from!.Value, to!.Value, Reason, personId) : null;
    }

    private static LocalDateTime? Moment(ModelStateDictionary state, string dayField, string? day, string hourField, string? hour, int daysMore)
    {
        var date = BookingChoice.Day(day) is { } read && read.Year is > 1900 and < LastYear ? read : (LocalDate?)null;
        Require(state, dayField, date is not null, "Desk.AgendaDayWrong");
        if (string.IsNullOrWhiteSpace(hour))
        {
            return date?.PlusDays(daysMore).AtMidnight();
        }

        var time = Hour.Parse(hour.Trim());
        Require(state, hourField, time.Success && time.Value.Minute % Grain.Minutes == 0, "Desk.AgendaHourWrong");
        return time.Success && date is { } known ? known + time.Value : null;
    }

    private static void Require(ModelStateDictionary state, string field, bool isMet, string message)
    {
        if (!isMet)
        {
            state.AddModelError(field, message);
        }
    }
}
