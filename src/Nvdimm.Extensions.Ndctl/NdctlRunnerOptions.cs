namespace Nvdimm.Extensions.Ndctl;

/// <summary>The options of a run of ndctl.</summary>
public sealed record NdctlRunnerOptions
{
    private static readonly TimeSpan MaximumTimeLimit = TimeSpan.FromDays(1);

    /// <summary>The program: a path, or a name that is searched for in the absolute folders of PATH. Default: <c>ndctl</c>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Program
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            field = value;
        }
    } = "ndctl";

    /// <summary>The time after which ndctl is killed: above zero, at most a day. Default: 30 seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or above a day.</exception>
    public TimeSpan TimeLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaximumTimeLimit);
            field = value;
        }
    } = TimeSpan.FromSeconds(30);
}
