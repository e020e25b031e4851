using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Hook;

/// <summary>
/// One step of several independent ones, run on a VM that already runs or is already gone. A step that fails becomes a finding, and the
/// next step still runs.
/// </summary>
internal static class IndependentStep
{
    /// <summary>The findings of a step, or one error finding that says why the step failed.</summary>
    /// <param name="what">The step, as in "Releasing the claim".</param>
    /// <param name="step">Runs the step and returns its findings.</param>
    public static ValueList<Finding> Run(string what, Func<IEnumerable<Finding>> step)
    {
        try
        {
            return step().ToValueList();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or LayoutLedgerException)
        {
            return [HookException.Failed(what, failure).Finding];
        }
    }
}
