using System.Reflection;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Tests.Conformance;

/// <summary>Predictions with a wrong figure. Only the sizer can make a prediction, so the figure is changed behind its back.</summary>
internal static class WrongPrediction
{
    /// <summary>The prediction with another value of a property, by its name: <c>Request</c>, <c>Target</c>, <c>Backend</c> or <c>Guest</c>.</summary>
    public static SizingResult Tampered(this SizingResult sized, string property, object value)
    {
        object boxed = sized;
        typeof(SizingResult).GetProperty(property, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.SetValue(boxed, value);
        return (SizingResult)boxed;
    }
}
