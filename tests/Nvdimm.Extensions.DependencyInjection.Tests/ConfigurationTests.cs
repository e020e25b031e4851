using Microsoft.Extensions.Configuration;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DependencyInjection.Tests;

/// <summary>Our values in the options of somebody else, bound from a configuration.</summary>
public sealed class ConfigurationTests
{
    [Test]
    public void Values_AreBound()
    {
        var limits = Bind(("Largest", "16GiB"), ("Align", "2 MiB"), ("Architecture", "ppc64le"));
        Assert.That(limits, Is.EqualTo(new Limits { Largest = ByteSize.FromGiB(16), Align = Alignment.FromMiB(2), Architecture = GuestArchitecture.Ppc64Le }));
    }

    [Test]
    public void Value_ThatIsNone_IsAnErrorThatNamesItsKey() =>
        Assert.That(() => Bind(("Largest", "16GB")), Throws.InvalidOperationException.With.Message.Contains("Limits:Largest").And.InnerException.TypeOf<FormatException>());

    private static Limits? Bind(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>($"Limits:{setting.Key}", setting.Value)))
        .Build()
        .GetSection("Limits")
        .Get<Limits>();

    private sealed record Limits
    {
        public ByteSize Largest { get; set; }

        public Alignment? Align { get; set; }

        public GuestArchitecture Architecture { get; set; }
    }
}
