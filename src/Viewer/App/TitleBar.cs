using System.Globalization;
using Realtime.Viewer.Live;

namespace Realtime.Viewer.App;

/// <summary>The essentials in the title bar, written anew only where they changed.</summary>
internal sealed class TitleBar(ViewState state)
{
    private (string Source, bool AttackOn, string Attack, int Eps, bool PurifierOn, string Model, string Device) written;

    /// <summary>Whether <see cref="Text"/> is another than when it was last read.</summary>
    public bool HasChanged => written != Now;

    /// <summary>The text.</summary>
    public string Text
    {
        get
        {
            written = Now;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Realtime: {state.Source}, {(state.AttackOn ? $"{state.Attack} {state.Eps}/255" : "no attack")}, {(state.PurifierOn ? state.Model : "purifier off")} on {state.Device}");
        }
    }

    private (string Source, bool AttackOn, string Attack, int Eps, bool PurifierOn, string Model, string Device) Now =>
        (state.Source, state.AttackOn, state.Attack, state.Eps, state.PurifierOn, state.Model, state.Device);
}
