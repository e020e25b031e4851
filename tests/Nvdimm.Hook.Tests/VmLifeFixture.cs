namespace Nvdimm.Hook.Tests;

/// <summary>A made host with one namespace, for tests of whose device it is.</summary>
public abstract class VmLifeFixture
{
    /// <summary>What the configuration of <see cref="HookHost"/> has, for tests that write another line into it.</summary>
    private protected const string Usual = "unverified-hypervisor = warn";

    /// <summary>The uuid of a namespace that is made anew.</summary>
    private protected static readonly Guid Anew = Guid.Parse("22222222-82b6-40ad-8962-6f0412bab47d");

    private protected VmLife Life { get; private set; } = null!;

    [SetUp]
    public void SetUp()
    {
        Life = new VmLife();
        Life.Host.AddFsdax(0);
    }

    [TearDown]
    public void TearDown() => Life.Dispose();
}
