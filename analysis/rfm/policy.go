package rfm

import "strata/model"

// policy is a returns policy and a zero policy made ready for millions of
// orders. See [model.ReturnsPolicy] and [model.ZeroPolicy] for what they mean.
type policy struct {
	need         model.OrderFlag // flags an order must have to count
	ignoreReturn bool            // returned value is left out
	returnWorth  bool            // returned value alone makes an order worth something
	dropZero     bool            // orders worth nothing do not count
}

func newPolicy(spec model.Spec) (policy, error) {
	var p policy
	switch spec.Returns {
	case model.ReturnsNet:
		p.need = model.Purchase
	case model.ReturnsIgnore:
		p.need = model.Purchase
		p.ignoreReturn = true
	case model.ReturnsOrders:
		p.returnWorth = true
	default:
		return p, model.Errorf(model.Usage, "{returns:q} is not a returns policy", "returns", spec.Returns).
			WithHint("use net, ignore or orders")
	}
	switch spec.Zero {
	case model.ZeroKeep:
	case model.ZeroDrop:
		p.dropZero = true
	default:
		return p, model.Errorf(model.Usage, "{zero:q} is not a policy for zero-value orders", "zero", spec.Zero).WithHint("use keep or drop")
	}
	return p, nil
}

// counts reports whether an order with these flags and amounts is an order.
func (p policy) counts(flags model.OrderFlag, value, returned model.Money) bool {
	if flags&p.need != p.need {
		return false
	}
	return !p.dropZero || value != 0 || p.returnWorth && returned != 0
}
