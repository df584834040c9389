using Microsoft.AspNetCore.Mvc.ModelBinding;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Rules;

namespace SelfService.Web.Pages.Agent.Rules;

/// <summary>A line of a rule as a form writes it; one without a value is left out.</summary>
public sealed class ConditionLine
{
    public RuleField Field { get; set; }

    public bool IsNot { get; set; }

    public string? Value { get; set; }
}

/// <inheritdoc cref="ConditionLine"/>
public sealed class ActionLine
{
    public RuleActionKind Kind { get; set; }

    public string? Value { get; set; }
}

/// <summary>A rule as a form writes it.</summary>
public sealed class RuleForm
{
    public string? Name { get; set; }

    public int Position { get; set; }

    public RuleState State { get; set; } = RuleState.Watching;

    public List<TicketEventKind> Events { get; set; } = [];

    public List<ConditionLine> Conditions { get; set; } = [];

    public List<ActionLine> Actions { get; set; } = [];

    /// <summary>What she began from.</summary>
    public int Version { get; set; }

    /// <summary>A form with lines to spare.</summary>
    public static RuleForm Of(Rule? rule) => new RuleForm
    {
        Name = rule?.Name,
        Position = rule?.Position ?? 10,
        State = rule?.State ?? RuleState.Watching,
        Events = [.. rule?.Events ?? []],
        Conditions = [.. (rule?.Conditions ?? []).Select(c => new ConditionLine { Field = c.Field, IsNot = c.IsNot, Value = c.Value })],
        Actions = [.. (rule?.Actions ?? []).Select(a => new ActionLine { Kind = a.Kind, Value = a.Value })],
        Version = rule?.Version ?? 0,
    }.WithSpareLines();

    /// <summary>The form with two empty lines at the end of each list.</summary>
    public RuleForm WithSpareLines()
    {
        Conditions = [.. Conditions.Where(c => !string.IsNullOrWhiteSpace(c.Value)).Take(Rule.MaxParts)];
        Actions = [.. Actions.Where(a => !string.IsNullOrWhiteSpace(a.Value)).Take(Rule.MaxParts)];
        Conditions.AddRange(Enumerable.Range(0, Math.Min(2, Rule.MaxParts - Conditions.Count)).Select(_ => new ConditionLine()));
        Actions.AddRange(Enumerable.Range(0, Math.Min(2, Rule.MaxParts - Actions.Count)).Select(_ => new ActionLine()));
        return this;
    }

    /// <summary>Writes the form into a rule, and says what is wrong.</summary>
    public void Write(Rule rule, ModelStateDictionary state, DateTime now)
    {
        Name = PlainText.Line(Name);
        if (Name.Length is 0 or > Rule.NameMaxLength)
        {
            state.AddModelError(nameof(Name), "Rules.NameRequired");
        }

        if (!Events.Exists(Rule.Triggers.Contains))
        {
            state.AddModelError(nameof(Events), "Rules.EventsRequired");
        }

        var actions = Actions.Where(a => !string.IsNullOrWhiteSpace(a.Value) && Enum.IsDefined(a.Kind)).Select(a => new RuleAction(a.Kind, PlainText.Body(a.Value))).ToList();
        var conditions = Conditions.Where(c => !string.IsNullOrWhiteSpace(c.Value) && Enum.IsDefined(c.Field)).Select(c => new RuleCondition(c.Field, c.IsNot, PlainText.Line(c.Value))).ToList();
        if (actions.Count is 0 or > Rule.MaxParts)
        {
            state.AddModelError(nameof(Actions), "Rules.ActionsRequired");
        }

        if (conditions.Count > Rule.MaxParts || conditions.Exists(c => c.Value.Length > Rule.ValueMaxLength) || actions.Exists(a => a.Value.Length > Rule.ValueMaxLength))
        {
            state.AddModelError(nameof(Conditions), "Rules.TooMuch");
        }

        (rule.Name, rule.Position, rule.State, rule.ChangedAt) = (Name, Math.Clamp(Position, 0, 9999), Enum.IsDefined(State) ? State : RuleState.Off, now);
        (rule.Events, rule.Conditions, rule.Actions) = ([.. Rule.Triggers.Where(Events.Contains)], conditions, actions);
    }
}
